package io.signalbox.runtime.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Holds stored rows against the heads of a checkpoint: any row up to these that was changed, taken
 * out, put elsewhere or cut off is found, and told with its place. Rows come entity by entity, each
 * in order; needs nothing but the stored bytes.
 */
public final class Verification {
  private static final int MOST_FAULTS = 100;
  private static final int SERIALIZER = 7001;
  private static final Map<String, String> MANIFESTS =
      Map.of("run", "turn", "session", "session-turn", "gate", "gate-turn");

  private final Map<String, Head> heads;
  private final Map<String, Head> found = new HashMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private final BiConsumer<Row, Link> reader;
  private Optional<Entity> current = Optional.empty();
  private long rows;
  private long entities;
  private long deleted;
  private long more;

  /** A row as stored; the array is not to be changed. {@code within}: up to the checkpoint. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Row(
      String id,
      long seq,
      int serializer,
      String manifest,
      boolean deleted,
      boolean within,
      byte[] payload) {}

  /** Something that is not as it was written. */
  public record Fault(String id, long row, String why) {}

  /** What is known of the entity whose rows come now. */
  private static final class Entity {
    private final String id;
    private final Optional<Head> head;
    private long last;
    private String digest = "";
    private boolean beginningIsGone;
    private boolean ends;

    Entity(String id, Optional<Head> head) {
      this.id = id;
      this.head = head;
    }
  }

  /**
   * Against these heads.
   *
   * @param heads by persistence id; empty to find out what the heads are
   * @param reader is shown every row that follows the one before it
   */
  Verification(Map<String, Head> heads, BiConsumer<Row, Link> reader) {
    this.heads = new HashMap<>(heads);
    this.reader = reader;
  }

  void row(Row row) {
    if (current.filter(it -> it.id.equals(row.id())).isEmpty()) {
      finish();
      current = Optional.of(new Entity(row.id(), Optional.ofNullable(heads.remove(row.id()))));
      entities++;
    }
    rows++;
    check(current.orElseThrow(), row);
  }

  private void check(Entity entity, Row row) {
    Link link = Link.of(row.payload());
    boolean first = entity.last == 0;
    if (first && row.seq() > 1) {
      entity.beginningIsGone = true; // rightly so where the last row says that the run was deleted
      entity
          .head
          .filter(head -> head.seq() == row.seq() - 1 && !link.follows(head.digest()))
          .ifPresent(_ -> fault(row, "it does not carry the hash of the row before it"));
    } else if (row.seq() != entity.last + 1) {
      fault(row, "row " + (entity.last + 1) + " is missing");
    } else if (!link.follows(entity.digest)) {
      fault(
          row,
          first ? "it claims a row before it" : "it does not carry the hash of row " + entity.last);
    }
    if (row.deleted() || !isKind(row)) {
      fault(row, "it is marked as something else than was written");
    }
    entity
        .head
        .filter(head -> head.seq() == row.seq() && !head.digest().equals(link.digest()))
        .ifPresent(_ -> fault(row, "it is not the row that the checkpoint knows"));
    reader.accept(row, link);
    entity.last = row.seq();
    entity.digest = link.digest();
    entity.ends = link.deletes();
    if (row.within()) {
      found.put(row.id(), new Head(0, row.id(), row.seq(), link.digest()));
    }
  }

  private static boolean isKind(Row row) {
    String kind = row.id().substring(0, Math.max(0, row.id().indexOf('|')));
    String manifest = MANIFESTS.get(kind);
    return manifest == null || (manifest.equals(row.manifest()) && row.serializer() == SERIALIZER);
  }

  private void finish() {
    current.ifPresent(
        entity -> {
          if (entity.ends) {
            deleted++;
          }
          if (entity.beginningIsGone && !entity.ends) {
            fault(new Fault(entity.id, 1, "the rows from the first on are missing"));
          }
          entity
              .head
              .filter(head -> head.seq() > entity.last)
              .ifPresent(
                  head ->
                      fault(
                          new Fault(
                              entity.id,
                              entity.last + 1,
                              "the rows up to " + head.seq() + " are cut off")));
        });
    current = Optional.empty();
  }

  private void fault(Row row, String why) {
    fault(new Fault(row.id(), row.seq(), why));
  }

  void fault(Fault fault) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(fault);
    } else {
      more++;
    }
  }

  /** After the last row: what the checkpoint knows and nothing is left of. */
  void end() {
    finish();
    heads
        .values()
        .forEach(
            head ->
                fault(new Fault(head.id(), 1, "all rows up to " + head.seq() + " are missing")));
    heads.clear();
  }

  /** The last row of each entity up to the checkpoint, without its place in the tree. */
  Map<String, Head> found() {
    return Map.copyOf(found);
  }

  boolean isValid() {
    return faults.isEmpty();
  }

  /** As it is answered. */
  ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("valid", isValid())
            .put("entries", rows)
            .put("entities", entities)
            .put("deleted", deleted);
    if (!faults.isEmpty()) {
      json.set("firstBroken", shown(faults.getFirst()));
      ArrayNode all = json.putArray("broken");
      faults.forEach(fault -> all.add(shown(fault)));
      json.put("furtherBroken", more);
    }
    return json;
  }

  private static ObjectNode shown(Fault fault) {
    return Json.object().put("id", fault.id()).put("row", fault.row()).put("why", fault.why());
  }
}
