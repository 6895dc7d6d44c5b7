package io.signalbox.runtime.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.catalog.CatalogReply.Gone;
import io.signalbox.protocol.catalog.CatalogReply.Kept;
import io.signalbox.protocol.catalog.CatalogReply.Refused;
import io.signalbox.protocol.catalog.Resource;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.runtime.definition.DefinitionReader;
import io.signalbox.runtime.definition.Digests;
import io.signalbox.runtime.definition.Timetable;
import io.signalbox.runtime.schedule.ScheduleRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Changes of the catalog, each within the transaction of the connection it is given. */
final class Shelf {
  private Shelf() {}

  static CatalogReply deploy(Connection c, String tenant, Definition definition, String source)
      throws SQLException {
    var ref = definition.ref();
    lock(c, tenant, "workflow", ref.namespace(), ref.name());
    Optional<Resource> there = version(c, tenant, ref.namespace(), ref.name(), ref.version());
    if (there.isPresent()) {
      // the same text is the same definition, though a catalog may give another function by now
      return there.get().digest().equals(definition.digest()) || there.get().source().equals(source)
          ? new Kept(there.get(), false)
          : new Refused(
              new Refusal.Conflict(
                  "version %s of %s/%s is there with other content; give it a new version"
                      .formatted(ref.version(), ref.namespace(), ref.name())));
    }
    Resource kept =
        insert(
            c,
            tenant,
            new Kind("workflow", ref.namespace(), ref.name(), ref.version()),
            definition.digest(),
            definition.source(),
            source,
            DefinitionReader.scheduledOn(definition).isPresent());
    schedule(c, tenant, ref.namespace(), ref.name());
    return new Kept(kept, true);
  }

  /** Of all versions of a workflow only the newest is started by time. */
  private static void schedule(Connection c, String tenant, String namespace, String name)
      throws SQLException {
    Optional<Resource> newest = newest(c, tenant, "workflow", namespace, name);
    ScheduleRows.replace(
        c,
        tenant,
        new WorkflowRef(namespace, name, newest.map(Resource::version).orElse("")),
        newest.map(Resource::digest).orElse(""),
        newest.map(Resource::body).flatMap(Timetable::of));
  }

  /** An agent or tool: the next version, unless it is the same as the newest. */
  static CatalogReply put(Connection c, String tenant, String kind, String name, JsonNode body)
      throws SQLException {
    lock(c, tenant, kind, "", name);
    String digest = Digests.of(body);
    Optional<Resource> there = newest(c, tenant, kind, "", name);
    if (there.isPresent() && there.get().digest().equals(digest)) {
      return new Kept(there.get(), false);
    }
    long next =
        1
            + Rows.number(
                c,
                "select max(version::bigint) from resource"
                    + " where tenant = ? and kind = ? and namespace = '' and name = ?",
                tenant,
                kind,
                name);
    return new Kept(
        insert(c, tenant, new Kind(kind, "", name, Long.toString(next)), digest, body, "", false),
        true);
  }

  static CatalogReply deleteWorkflow(
      Connection c, String tenant, String namespace, String name, String version)
      throws SQLException {
    lock(c, tenant, "workflow", namespace, name);
    Optional<Resource> there = version(c, tenant, namespace, name, version);
    if (there.isEmpty()) {
      return missing("there is no version %s of %s/%s".formatted(version, namespace, name));
    }
    if (inUse(c, tenant, namespace, name, there.get().digest())) {
      return new Refused(
          new Refusal.Conflict(
              "a run of version %s of %s/%s has not ended; wait for it or cancel it"
                  .formatted(version, namespace, name)));
    }
    Rows.change(
        c,
        "update resource set deleted_at = now() where tenant = ? and kind = 'workflow'"
            + " and namespace = ? and name = ? and version = ? and deleted_at is null",
        tenant,
        namespace,
        name,
        version);
    schedule(c, tenant, namespace, name);
    changed(c, tenant);
    return new Gone();
  }

  static CatalogReply delete(Connection c, String tenant, String kind, String name)
      throws SQLException {
    lock(c, tenant, kind, "", name);
    int deleted =
        Rows.change(
            c,
            "update resource set deleted_at = now() where tenant = ? and kind = ?"
                + " and namespace = '' and name = ? and deleted_at is null",
            tenant,
            kind,
            name);
    if (deleted == 0) {
      return missing("there is no " + kind + " '" + name + "'");
    }
    changed(c, tenant);
    return new Gone();
  }

  static Optional<Resource> version(
      Connection c, String tenant, String namespace, String name, String version)
      throws SQLException {
    return Rows.first(
        c,
        "select"
            + Rows.COLUMNS
            + "from resource r where tenant = ? and kind = 'workflow'"
            + " and namespace = ? and name = ? and version = ? and deleted_at is null",
        tenant,
        namespace,
        name,
        version);
  }

  /** The one deployed last. */
  static Optional<Resource> newest(
      Connection c, String tenant, String kind, String namespace, String name) throws SQLException {
    return Rows.first(
        c,
        "select"
            + Rows.COLUMNS
            + "from resource r where tenant = ? and kind = ?"
            + " and namespace = ? and name = ? and deleted_at is null"
            + " order by ordinal desc limit 1",
        tenant,
        kind,
        namespace,
        name);
  }

  static CatalogReply missing(String what) {
    return new Refused(new Refusal.NotFound(what));
  }

  private record Kind(String kind, String namespace, String name, String version) {}

  private static Resource insert(
      Connection c,
      String tenant,
      Kind kind,
      String digest,
      JsonNode body,
      String source,
      boolean scheduled)
      throws SQLException {
    Rows.change(
        c,
        "insert into resource (tenant, kind, namespace, name, version, digest, body, source,"
            + " scheduled) values (?, ?, ?, ?, ?, ?, ?::json, ?, ?)",
        tenant,
        kind.kind(),
        kind.namespace(),
        kind.name(),
        kind.version(),
        digest,
        body.toString(),
        source,
        scheduled);
    changed(c, tenant);
    return newest(c, tenant, kind.kind(), kind.namespace(), kind.name()).orElseThrow();
  }

  private static boolean inUse(
      Connection c, String tenant, String namespace, String name, String digest)
      throws SQLException {
    return Rows.any(
        c,
        "select exists (select 1 from run_view where tenant = ? and namespace = ?"
            + " and workflow = ? and digest = ?"
            + " and status not in ('completed', 'faulted', 'cancelled'))",
        tenant,
        namespace,
        name,
        digest);
  }

  /** One change of a resource at a time, also across nodes. */
  private static void lock(Connection c, String tenant, String kind, String namespace, String name)
      throws SQLException {
    Rows.number(
        c,
        "select 1 from pg_advisory_xact_lock(hashtextextended(?, 7))",
        String.join("|", tenant, kind, namespace, name));
  }

  private static void changed(Connection c, String tenant) throws SQLException {
    Rows.change(
        c,
        "insert into catalog_version (tenant, version) values (?, 1)"
            + " on conflict (tenant) do update set version = catalog_version.version + 1",
        tenant);
  }
}
