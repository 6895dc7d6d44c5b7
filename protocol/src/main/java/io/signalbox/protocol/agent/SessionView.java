package io.signalbox.protocol.agent;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Sent;
import io.signalbox.protocol.run.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A conversation as its owner sees it.
 *
 * @param status {@code idle} or {@code busy}
 * @param heldBy the budget or the freeze that keeps the model from being asked now
 */
public record SessionView(
    String agent,
    String session,
    String status,
    List<Entry> transcript,
    Usage usage,
    Optional<String> heldBy)
    implements Sent {
  @JsonCreator
  public SessionView {
    transcript = List.copyOf(transcript);
  }

  /** One that nothing holds. */
  public SessionView(
      String agent, String session, String status, List<Entry> transcript, Usage usage) {
    this(agent, session, status, transcript, usage, Optional.empty());
  }

  /**
   * One line of the transcript.
   *
   * @param role {@code user}, {@code agent}, {@code tool}
   */
  public record Entry(
      Instant at, String role, String content, Optional<String> tool, JsonNode metadata) {}
}
