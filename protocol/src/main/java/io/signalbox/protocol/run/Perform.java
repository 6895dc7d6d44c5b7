package io.signalbox.protocol.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.Sent;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.guard.Guards;
import io.signalbox.protocol.quota.Bill;
import io.signalbox.protocol.tool.ToolDefinition;
import java.time.Instant;
import java.util.Optional;

/**
 * Order to whoever reaches outside: carry out this call, or look whether it already happened. The
 * answer is {@link RunCommand.Performed} with the same key and attempt, sent to the run's entity.
 *
 * @param key the same for every attempt of one call whose outcome is unknown; markers carry it
 * @param attempt counts from 1; an answer to an earlier attempt may still settle the call
 * @param arguments evaluated; for HTTP calls method, endpoint, headers, query, body, output
 * @param tool present for tool calls
 * @param leaseUntil nothing may be sent after this moment
 * @param bill what it draws, where somebody counts that
 * @param guards what looks at the arguments and at the result, if anything
 */
public record Perform(
    RunId run,
    String key,
    int attempt,
    Mode mode,
    CallKind kind,
    JsonNode arguments,
    Optional<ToolDefinition> tool,
    Instant leaseUntil,
    Optional<Bill> bill,
    Optional<Guards> guards)
    implements Sent {
  /** A call that nobody counts and nothing looks at. */
  public Perform(
      RunId run,
      String key,
      int attempt,
      Mode mode,
      CallKind kind,
      JsonNode arguments,
      Optional<ToolDefinition> tool,
      Instant leaseUntil) {
    this(
        run,
        key,
        attempt,
        mode,
        kind,
        arguments,
        tool,
        leaseUntil,
        Optional.empty(),
        Optional.empty());
  }

  /** The same call on this bill. */
  public Perform billed(Optional<Bill> whose) {
    return new Perform(run, key, attempt, mode, kind, arguments, tool, leaseUntil, whose, guards);
  }

  /** The same call, looked at by these. */
  public Perform guarded(Optional<Guards> by) {
    return new Perform(run, key, attempt, mode, kind, arguments, tool, leaseUntil, bill, by);
  }

  /** The same call with other arguments. */
  public Perform with(JsonNode others) {
    return new Perform(run, key, attempt, mode, kind, others, tool, leaseUntil, bill, guards);
  }

  /** Whether to act or only to look. */
  public enum Mode {
    SEND,
    PROBE
  }
}
