package io.signalbox.protocol.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Sent;
import io.signalbox.protocol.run.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A conversation as its owner sees it; {@code status} is {@code idle} or {@code busy}. */
public record SessionView(
    String agent, String session, String status, List<Entry> transcript, Usage usage)
    implements Sent {
  public SessionView {
    transcript = List.copyOf(transcript);
  }

  /**
   * One line of the transcript.
   *
   * @param role {@code user}, {@code agent}, {@code tool}
   */
  public record Entry(
      Instant at, String role, String content, Optional<String> tool, JsonNode metadata) {}
}
