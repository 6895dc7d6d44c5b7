package io.signalbox.runtime.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.signalbox.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * One row as a link of its entity's chain.
 *
 * @param digest hash of the stored bytes, which the next row must carry
 * @param previous what the row claims that the digest before it is; absent where it is no turn
 * @param turn the row as JSON; missing where it is none
 */
public record Link(String digest, Optional<String> previous, JsonNode turn) {
  /** Reads the stored bytes. */
  public static Link of(byte[] payload) {
    JsonNode turn = tree(payload);
    JsonNode claimed = turn.path("previous");
    return new Link(
        Tree.digest(payload),
        claimed.isTextual() ? Optional.of(claimed.textValue()) : Optional.empty(),
        turn);
  }

  boolean follows(String before) {
    return previous.filter(before::equals).isPresent();
  }

  /** Whether the row says that its run was deleted, and the rows before it with it. */
  boolean deletes() {
    return turn.at("/facts/0/fact").asText().equals("runDeleted");
  }

  private static JsonNode tree(byte[] payload) {
    try {
      JsonNode read = Json.MAPPER.readTree(payload);
      return read == null ? MissingNode.getInstance() : read;
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
