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
 * @param digest what the next row must carry: the hash of the stored bytes; of an entity whose rows
 *     carry no link of their own, the hash of the digest before and of the bytes
 * @param previous what the row claims that the digest before it is; absent where it carries no link
 * @param turn the row as JSON; missing where it is none
 */
record Link(String digest, Optional<String> previous, JsonNode turn) {
  static Link of(byte[] payload, String before) {
    JsonNode turn = tree(payload);
    JsonNode claimed = turn.path("previous");
    String own = Tree.digest(payload);
    return claimed.isTextual()
        ? new Link(own, Optional.of(claimed.textValue()), turn)
        : new Link(Tree.hash(before + "\n" + own), Optional.empty(), turn);
  }

  boolean follows(String before) {
    return previous.map(before::equals).orElse(true);
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
      return MissingNode.getInstance(); // then its bytes alone are chained
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
