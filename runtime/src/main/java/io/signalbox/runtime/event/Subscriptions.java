package io.signalbox.runtime.event;

import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.EventFilter;
import io.signalbox.runtime.match.RoutingKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of who listens. Runs write it themselves, at once; the journal's reader writes it too,
 * a moment later, so that a run that died in between still listens. Both are harmless to repeat.
 */
public final class Subscriptions {
  private Subscriptions() {}

  /**
   * What a run wants under one subscription.
   *
   * @param filters none: it no longer listens
   */
  public record Wish(RunId run, String id, List<EventFilter> filters) {
    public Wish {
      filters = List.copyOf(filters);
    }
  }

  private record Row(Wish wish, int slot, EventFilter filter, RoutingKey key) {}

  /** Each wish takes the place of what was wanted under its subscription; the last one counts. */
  public static void replace(Connection c, List<Wish> wishes) throws SQLException {
    List<Wish> last = last(wishes);
    Sql.update(
        c,
        "delete from subscription s using unnest(?, ?) as w (tenant, id)"
            + " where s.tenant = w.tenant and s.id = w.id",
        Sql.texts(c, last, it -> it.run().tenant()),
        Sql.texts(c, last, Wish::id));
    add(c, last);
  }

  /** Adds what is not there. */
  public static void add(Connection c, List<Wish> wishes) throws SQLException {
    List<Row> rows = new ArrayList<>();
    for (Wish wish : last(wishes)) {
      for (int slot = 0; slot < wish.filters().size(); slot++) {
        EventFilter filter = wish.filters().get(slot);
        rows.add(new Row(wish, slot, filter, RoutingKey.of(filter)));
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    Sql.update(
        c,
        """
        insert into subscription (tenant, run, id, slot, type, shape, extractors, key, filter)
        select tenant, run, id, slot, type, shape,
               array(select json_array_elements_text(extractors::json)), key, filter::json
          from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
            as t (tenant, run, id, slot, type, shape, extractors, key, filter)
        on conflict do nothing
        """,
        Sql.texts(c, rows, it -> it.wish().run().tenant()),
        Sql.texts(c, rows, it -> it.wish().run().id()),
        Sql.texts(c, rows, it -> it.wish().id()),
        Sql.integers(c, rows, Row::slot),
        Sql.texts(c, rows, it -> it.key().type()),
        Sql.texts(c, rows, it -> it.key().shape()),
        Sql.texts(c, rows, it -> Json.tree(it.key().extractors()).toString()),
        Sql.texts(c, rows, it -> it.key().key()),
        Sql.texts(c, rows, it -> Json.tree(it.filter()).toString()));
  }

  private static List<Wish> last(List<Wish> wishes) {
    Map<List<String>, Wish> last = new LinkedHashMap<>();
    wishes.forEach(it -> last.put(List.of(it.run().tenant(), it.id()), it));
    return List.copyOf(last.values());
  }
}
