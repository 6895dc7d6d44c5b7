package io.signalbox.runtime.audit;

import io.signalbox.runtime.storage.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Keeps the tree's nodes up with changed leaves: only what stands over these is hashed again. */
final class TreeTable {
  private final Connection connection;

  TreeTable(Connection connection) {
    this.connection = connection;
  }

  /** The root once these leaves have changed. */
  String update(Collection<Long> changed, long leaves) throws SQLException {
    if (leaves == 0) {
      return Tree.root(List.of());
    }
    Set<Long> places = above(changed);
    Map<Long, List<String>> below = leaves(places);
    long width = leaves;
    for (int level = 1; ; level++) {
      Map<Long, String> nodes = new TreeMap<>();
      below.forEach((place, hashes) -> nodes.put(place, Tree.node(hashes)));
      width = (width + Tree.WIDTH - 1) / Tree.WIDTH;
      if (leaves == 1) { // the one leaf is the top itself
        return Tree.root(1, below.values().iterator().next().getFirst());
      }
      store(level, nodes);
      if (width == 1) {
        return Tree.root(leaves, nodes.values().iterator().next());
      }
      places = above(nodes.keySet());
      below = nodes(level, places);
    }
  }

  private static Set<Long> above(Collection<Long> places) {
    TreeSet<Long> above = new TreeSet<>();
    places.forEach(place -> above.add(place / Tree.WIDTH));
    return above;
  }

  private Map<Long, List<String>> leaves(Set<Long> places) throws SQLException {
    Map<Long, List<String>> found = new TreeMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select h.ordinal, h.persistence_id, h.seq_nr, h.digest"
                + " from unnest(cast(? as bigint[])) as p (place) join entity_head h"
                + " on h.ordinal >= p.place * "
                + Tree.WIDTH
                + " and h.ordinal < (p.place + 1) * "
                + Tree.WIDTH
                + " order by h.ordinal")) {
      statement.setArray(1, connection.createArrayOf("int8", places.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Head head = new Head(row.getLong(1), row.getString(2), row.getLong(3), row.getString(4));
          found
              .computeIfAbsent(head.ordinal() / Tree.WIDTH, _ -> new ArrayList<>())
              .add(Tree.leaf(head));
        }
      }
    }
    return found;
  }

  private Map<Long, List<String>> nodes(int level, Set<Long> places) throws SQLException {
    Map<Long, List<String>> found = new TreeMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select n.place, n.hash from unnest(cast(? as bigint[])) as p (place)"
                + " join audit_node n on n.level = ? and n.place >= p.place * "
                + Tree.WIDTH
                + " and n.place < (p.place + 1) * "
                + Tree.WIDTH
                + " order by n.place")) {
      statement.setArray(1, connection.createArrayOf("int8", places.toArray()));
      statement.setInt(2, level);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found
              .computeIfAbsent(row.getLong(1) / Tree.WIDTH, _ -> new ArrayList<>())
              .add(row.getString(2));
        }
      }
    }
    return found;
  }

  private void store(int level, Map<Long, String> nodes) throws SQLException {
    Columns rows = new Columns(3);
    nodes.forEach((place, hash) -> rows.add(Integer.toString(level), Long.toString(place), hash));
    rows.execute(
        connection,
        """
        insert into audit_node (level, place, hash)
        select cast(level as int), cast(place as bigint), hash from %s as row (level, place, hash)
        on conflict (level, place) do update set hash = excluded.hash
        """);
  }
}
