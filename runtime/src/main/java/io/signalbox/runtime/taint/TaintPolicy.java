package io.signalbox.runtime.taint;

import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.List;
import java.util.Locale;

/**
 * What a tenant does about calls that content steers; a tool's own declaration goes before it.
 *
 * @param read for tools that only read, where a call tells the outside something
 * @param approvers who is asked, where the tool names nobody
 */
public record TaintPolicy(Action read, Action write, Action destructive, List<String> approvers) {
  /** Everything is asked about. */
  public static final TaintPolicy STANDARD =
      new TaintPolicy(Action.ASK, Action.ASK, Action.ASK, List.of("role:approver", "role:admin"));

  public TaintPolicy {
    approvers = List.copyOf(approvers);
  }

  /** What happens to a steered call. */
  public enum Action {
    /** Held until a person allows it. */
    ASK,
    /** Refused. */
    BLOCK,
    /** Made, and noted. */
    ALLOW,
    /** Not even looked at. */
    IGNORE;

    /** As it is written in definitions. */
    public static Action parse(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /** What happens to a steered call of this tool. */
  public Action onSteered(ToolDefinition tool) {
    return tool.trust().onTainted().map(Action::parse).orElse(byRisk(tool.risk()));
  }

  private Action byRisk(Risk risk) {
    return switch (risk) {
      case READ -> read;
      case WRITE -> write;
      case DESTRUCTIVE -> destructive;
    };
  }
}
