package io.signalbox.runtime.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.runtime.audit.Verification.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An exported checkpoint: JSON Lines, first the signed statement, then the heads it stands for, then
 * the rows where they are wanted, then a line that says that this is all.
 */
final class Evidence {
  private Evidence() {}

  /** Writes the newest checkpoint; all of it is of one moment. */
  static void write(Connection connection, boolean withRows, OutputStream out)
      throws SQLException, IOException {
    JournalRows journal = new JournalRows(connection);
    journal.atOneMoment();
    Optional<Checkpoint.Signed> newest = journal.newest();
    if (newest.isEmpty()) {
      throw new IOException("no checkpoint has been made yet");
    }
    line(out, newest.get().json());
    long[] count = {0, 0};
    journal.<IOException>heads(
        head -> {
          count[0]++;
          line(
              out,
              Json.object()
                  .put("head", head.id())
                  .put("ordinal", head.ordinal())
                  .put("seq", head.seq())
                  .put("digest", head.digest()));
        });
    if (withRows) {
      journal.<IOException>rows(
          Optional.empty(),
          newest.get().checkpoint(),
          row -> {
            count[1]++;
            line(
                out,
                Json.object()
                    .put("row", row.id())
                    .put("seq", row.seq())
                    .put("serializer", row.serializer())
                    .put("manifest", row.manifest())
                    .put("deleted", row.deleted())
                    .put("payload", Base64.getEncoder().encodeToString(row.payload())));
          });
    }
    line(
        out,
        Json.object().put("end", true).put("heads", count[0]).put("rows", count[1])
            .put("withRows", withRows));
  }

  private static void line(OutputStream out, ObjectNode json) throws IOException {
    out.write(json.toString().getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }

  /**
   * What an exported file says before its rows.
   *
   * @param heads absent where only the signed statement was exported
   */
  record Claimed(Checkpoint.Signed signed, Optional<Map<String, Head>> heads, String root) {}

  /** Takes each line of an exported file apart. */
  static Claimed read(BufferedReader in, JournalRows.Take<Row, IOException> rows)
      throws IOException {
    Optional<Checkpoint.Signed> signed = Optional.empty();
    Map<String, Head> heads = new HashMap<>();
    java.util.TreeMap<Long, String> leaves = new java.util.TreeMap<>();
    boolean complete = false;
    boolean any = false;
    for (String text = in.readLine(); text != null; text = in.readLine()) {
      if (text.isBlank()) {
        continue;
      }
      JsonNode json = Json.MAPPER.readTree(text);
      if (json.has("checkpoint")) {
        signed = Optional.of(Checkpoint.Signed.of(json));
      } else if (json.has("head")) {
        any = true;
        Head head =
            new Head(
                json.path("ordinal").asLong(),
                json.path("head").asText(),
                json.path("seq").asLong(),
                json.path("digest").asText());
        heads.put(head.id(), head);
        leaves.put(head.ordinal(), Tree.leaf(head));
      } else if (json.has("row")) {
        rows.one(
            new Row(
                json.path("row").asText(),
                json.path("seq").asLong(),
                json.path("serializer").asInt(),
                json.path("manifest").asText(),
                json.path("deleted").asBoolean(),
                true,
                Base64.getDecoder().decode(json.path("payload").asText())));
      } else if (json.has("end")) {
        complete = true;
      }
    }
    if (signed.isEmpty()) {
      throw new IOException("the file holds no checkpoint");
    }
    if (any && !complete) {
      throw new IOException("the file ends before its end: export it again");
    }
    return new Claimed(
        signed.get(),
        any || signed.get().checkpoint().entities() == 0 ? Optional.of(heads) : Optional.empty(),
        Tree.root(java.util.List.copyOf(leaves.values())));
  }
}
