package io.signalbox.runtime.catalog;

import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.catalog.CatalogReply.Page;
import io.signalbox.protocol.catalog.CatalogReply.Refused;
import io.signalbox.protocol.catalog.Resource;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.catalog.Rows.Row;
import io.signalbox.runtime.definition.Digests;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Lists, newest first. A cursor is the ordinal of the last item given; {@code b} and a number stand
 * for a place among the built-in tools, which come after all others.
 */
final class Pages {
  private static final int MOST = 500;
  private static final String NEWEST =
      " and not exists (select 1 from resource n where n.tenant = r.tenant and n.kind = r.kind"
          + " and n.namespace = r.namespace and n.name = r.name and n.deleted_at is null"
          + " and n.ordinal > r.ordinal)";

  private final List<Resource> builtinTools;

  Pages(List<ToolDefinition> builtins) {
    this.builtinTools =
        builtins.stream()
            .sorted(Comparator.comparing(ToolDefinition::name))
            .map(Pages::resource)
            .toList();
  }

  Optional<Resource> builtinTool(String name) {
    return builtinTools.stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /** All versions of one workflow, or the newest of each. */
  CatalogReply workflows(
      Connection c,
      String tenant,
      Optional<String> namespace,
      Optional<String> name,
      int limit,
      Optional<String> cursor)
      throws SQLException {
    Optional<Long> before = before(cursor);
    if (before.isEmpty()) {
      return wrong(cursor);
    }
    StringBuilder sql = new StringBuilder(select());
    List<Object> values = new ArrayList<>(List.of(tenant, "workflow", before.get()));
    namespace.ifPresent(
        it -> {
          sql.append(" and r.namespace = ?");
          values.add(it);
        });
    name.ifPresentOrElse(
        it -> {
          sql.append(" and r.name = ?");
          values.add(it);
        },
        () -> sql.append(NEWEST));
    return page(rows(c, sql, values, limit), size(limit));
  }

  /** The newest of each agent or tool. */
  CatalogReply named(Connection c, String tenant, String kind, int limit, Optional<String> cursor)
      throws SQLException {
    boolean tools = kind.equals("tool");
    if (tools && cursor.isPresent() && cursor.get().matches("b\\d{1,6}")) {
      return builtins(new ArrayList<>(), Integer.parseInt(cursor.get().substring(1)), size(limit));
    }
    Optional<Long> before = before(cursor);
    if (before.isEmpty()) {
      return wrong(cursor);
    }
    StringBuilder sql = new StringBuilder(select()).append(NEWEST);
    List<Object> values = List.of(tenant, kind, before.get());
    List<Row> rows = rows(c, sql, values, limit);
    return tools && rows.size() <= size(limit)
        ? builtins(new ArrayList<>(rows.stream().map(Row::resource).toList()), 0, size(limit))
        : page(rows, size(limit));
  }

  private static String select() {
    return "select"
        + Rows.COLUMNS
        + "from resource r"
        + " where r.tenant = ? and r.kind = ? and r.ordinal < ? and r.deleted_at is null";
  }

  private static List<Row> rows(Connection c, StringBuilder sql, List<Object> values, int limit)
      throws SQLException {
    List<Object> all = new ArrayList<>(values);
    all.add(size(limit) + 1);
    return Rows.all(c, sql + " order by r.ordinal desc limit ?", all.toArray());
  }

  private static Page page(List<Row> rows, int limit) {
    boolean more = rows.size() > limit;
    List<Row> shown = more ? rows.subList(0, limit) : rows;
    return new Page(
        shown.stream().map(Row::resource).toList(),
        more ? Optional.of(Long.toString(shown.getLast().ordinal())) : Optional.empty());
  }

  private Page builtins(List<Resource> items, int from, int limit) {
    int next = Math.min(from, builtinTools.size());
    while (items.size() < limit && next < builtinTools.size()) {
      items.add(builtinTools.get(next++));
    }
    return new Page(items, next < builtinTools.size() ? Optional.of("b" + next) : Optional.empty());
  }

  private static int size(int limit) {
    return Math.clamp(limit, 1, MOST);
  }

  private static Optional<Long> before(Optional<String> cursor) {
    return cursor.isEmpty()
        ? Optional.of(Long.MAX_VALUE)
        : cursor.filter(it -> it.matches("\\d{1,18}")).map(Long::valueOf);
  }

  private static CatalogReply wrong(Optional<String> cursor) {
    return new Refused(
        new Refusal.Invalid(
            "the cursor is not one that a list gave",
            List.of(new Fault("/cursor", "unknown cursor '" + cursor.orElse("") + "'"))));
  }

  private static Resource resource(ToolDefinition tool) {
    var body = Json.tree(tool);
    return new Resource(
        "tool", "", tool.name(), "builtin", Digests.of(body), body, "", Instant.EPOCH);
  }
}
