package io.signalbox.runtime.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What is signed: that at this time these were the heads of all entities.
 *
 * @param previous hash of the statement before; empty text for the first
 * @param entities how many leaves the tree has
 * @param root of the tree
 * @param xid with {@code ordering}: how far the journal had been read
 */
public record Checkpoint(
    long number,
    Instant at,
    String previous,
    long entities,
    String root,
    String xid,
    long ordering) {
  private static final String KIND = "signalbox audit checkpoint 1";

  public Checkpoint {
    at = at.truncatedTo(ChronoUnit.MICROS);
  }

  /** The very text that is signed: a line for each value. */
  public String statement() {
    return String.join(
        "\n",
        KIND,
        Long.toString(number),
        at.toString(),
        previous,
        Long.toString(entities),
        root,
        xid,
        Long.toString(ordering),
        "");
  }

  static Checkpoint parse(String statement) {
    String[] lines = statement.split("\n", -1);
    if (lines.length != 9 || !lines[0].equals(KIND)) {
      throw new IllegalArgumentException("this is no statement of a checkpoint");
    }
    return new Checkpoint(
        Long.parseLong(lines[1]),
        Instant.parse(lines[2]),
        lines[3],
        Long.parseLong(lines[4]),
        lines[5],
        lines[6],
        Long.parseLong(lines[7]));
  }

  /** The signed statement as it is exported. */
  record Signed(Checkpoint checkpoint, String keyId, String publicKey, String signature) {
    ObjectNode json() {
      ObjectNode json = Json.object();
      json.set("checkpoint", Json.tree(checkpoint));
      return json.put("keyId", keyId).put("publicKey", publicKey).put("signature", signature);
    }

    static Signed of(JsonNode json) {
      JsonNode it = json.path("checkpoint");
      return new Signed(
          new Checkpoint(
              it.path("number").asLong(),
              Instant.parse(it.path("at").asText()),
              it.path("previous").asText(),
              it.path("entities").asLong(),
              it.path("root").asText(),
              it.path("xid").asText(),
              it.path("ordering").asLong()),
          json.path("keyId").asText(),
          json.path("publicKey").asText(),
          json.path("signature").asText());
    }

    boolean isGenuine() {
      return Signatures.verify(publicKey, checkpoint.statement(), signature)
          && Signatures.id(publicKey).equals(keyId);
    }
  }
}
