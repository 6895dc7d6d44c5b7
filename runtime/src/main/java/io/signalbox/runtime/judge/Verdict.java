package io.signalbox.runtime.judge;

import io.signalbox.protocol.tool.ToolDefinition;
import java.util.List;

/** What was decided about a tool call. */
public sealed interface Verdict {
  /** The rule that led to it. */
  String rule();

  /** What rules on trial would have done. */
  List<Opinion.Note> notes();

  /** Send it. */
  record Allowed(String rule, ToolDefinition tool, List<Opinion.Note> notes) implements Verdict {
    public Allowed {
      notes = List.copyOf(notes);
    }
  }

  /**
   * Hold it until people have said yes.
   *
   * @param rule of the first that asks
   * @param asks at least one, in the order of the steps
   */
  record Held(String rule, ToolDefinition tool, List<Opinion.Ask> asks, List<Opinion.Note> notes)
      implements Verdict {
    public Held {
      asks = List.copyOf(asks);
      notes = List.copyOf(notes);
    }

    /** Everybody who may answer. */
    public List<String> approvers() {
      return asks.stream().flatMap(ask -> ask.approvers().stream()).distinct().toList();
    }
  }

  /** Never. */
  record Refused(String rule, String why, List<Opinion.Note> notes) implements Verdict {
    public Refused {
      notes = List.copyOf(notes);
    }
  }
}
