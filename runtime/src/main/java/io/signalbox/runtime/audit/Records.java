package io.signalbox.runtime.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.audit.Archive;
import io.signalbox.runtime.audit.Verification.Fault;
import io.signalbox.runtime.storage.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The audit trail as it lies in the database. */
public record Records(Database database, AuditSettings settings) implements Archive {
  @Override
  public CompletionStage<JsonNode> search(Search search) {
    return database.call(c -> bounded(c).page(search));
  }

  private SearchTable bounded(Connection connection) throws SQLException {
    limit(connection);
    return new SearchTable(connection);
  }

  private void limit(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "set local statement_timeout = " + settings.ledger().statementTimeout().toMillis());
    }
  }

  @Override
  public void export(Search search, boolean cef, OutputStream out) throws IOException {
    writing(
        connection ->
            new SearchTable(connection)
                .<IOException>all(
                    search,
                    entry -> {
                      String line = cef ? Cef.line(entry, search.tenant()) : entry.toString();
                      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    }));
  }

  @Override
  public void evidence(boolean rows, OutputStream out) throws IOException {
    writing(connection -> Evidence.write(connection, rows, out));
  }

  /** Writes somewhere while reading from the database. */
  @FunctionalInterface
  private interface Writing {
    void with(Connection connection) throws SQLException, IOException;
  }

  private void writing(Writing work) throws IOException {
    try (Connection connection = database.pool().getConnection()) {
      connection.setAutoCommit(false);
      try {
        work.with(connection);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new IOException("the audit trail cannot be read", e);
    }
  }

  @Override
  public CompletionStage<JsonNode> verify(String tenant) {
    return database.call(connection -> verified(connection, tenant));
  }

  private static JsonNode verified(Connection connection, String tenant) throws SQLException {
    JournalRows journal = new JournalRows(connection);
    journal.atOneMoment();
    Optional<Checkpoint.Signed> newest = journal.newest();
    JournalRows.Heads heads = journal.heads(Optional.of(tenant));
    Comparison view = new Comparison(heads.ofTenant(), journal.searchedFrom());
    Verification check = new Verification(heads.ofTenant(), view::row);
    newest.ifPresent(
        signed -> {
          if (!signed.isGenuine()) {
            check.fault(new Fault("checkpoint", 0, "the signature does not fit the statement"));
          }
          if (!signed.checkpoint().root().equals(heads.root())) {
            check.fault(new Fault("checkpoint", 0, "the heads do not make up the signed root"));
          }
        });
    Checkpoint upTo =
        newest
            .map(Checkpoint.Signed::checkpoint)
            .orElseGet(() -> new Checkpoint(0, Instant.EPOCH, "", 0, "", "0", 0));
    journal.rows(Optional.of(tenant), upTo, check::row);
    check.end();
    view.differences(connection, tenant).forEach(check::fault);
    ObjectNode answer = check.json();
    newest.ifPresent(
        signed ->
            answer
                .put("checkpoint", signed.checkpoint().number())
                .put("at", signed.checkpoint().at().toString())
                .put("keyId", signed.keyId()));
    return answer;
  }

  @Override
  public CompletionStage<JsonNode> report(String tenant, Instant from, Instant to) {
    return database.call(
        connection -> {
          limit(connection);
          return Report.of(connection, tenant, from, to);
        });
  }

  @Override
  public CompletionStage<JsonNode> checkpoint() {
    return database.call(
        connection ->
            new JournalRows(connection)
                .newest()
                .<JsonNode>map(Checkpoint.Signed::json)
                .orElseGet(Json::object));
  }

  @Override
  public CompletionStage<JsonNode> keys() {
    return database.call(Records::listed);
  }

  private static JsonNode listed(Connection connection) throws SQLException {
    ObjectNode page = Json.object();
    ArrayNode items = page.putArray("items");
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select id, public_key, created_at, endorsed_by, endorsement from audit_key"
                    + " order by created_at desc, id")) {
      while (row.next()) {
        ObjectNode key =
            items
                .addObject()
                .put("id", row.getString(1))
                .put("algorithm", Signatures.ALGORITHM)
                .put("publicKey", row.getString(2))
                .put("createdAt", row.getObject(3, OffsetDateTime.class).toInstant().toString());
        if (row.getString(4) != null) {
          key.put("endorsedBy", row.getString(4)).put("endorsement", row.getString(5));
        }
      }
    }
    return page;
  }

  @Override
  public CompletionStage<JsonNode> rotate() {
    return database.call(this::rotated);
  }

  private JsonNode rotated(Connection connection) throws SQLException {
    try (Statement lock = connection.createStatement()) {
      lock.execute("select 1 from view_offset for update"); // no checkpoint in between
    }
    try {
      SigningKey old = SigningKey.of(settings.keyFile());
      SigningKey fresh = SigningKey.rotate(settings.keyFile());
      String endorsement = old.sign("signalbox audit key 1\n" + fresh.publicKey() + "\n");
      try (PreparedStatement known =
              connection.prepareStatement(
                  "insert into audit_key (id, public_key, created_at) values (?, ?,"
                      + " clock_timestamp()) on conflict do nothing");
          PreparedStatement made =
              connection.prepareStatement(
                  "insert into audit_key (id, public_key, created_at, endorsed_by, endorsement)"
                      + " values (?, ?, clock_timestamp(), ?, ?)")) {
        known.setString(1, old.id());
        known.setString(2, old.publicKey());
        known.executeUpdate();
        made.setString(1, fresh.id());
        made.setString(2, fresh.publicKey());
        made.setString(3, old.id());
        made.setString(4, endorsement);
        made.executeUpdate();
      }
      return Json.object()
          .put("id", fresh.id())
          .put("algorithm", Signatures.ALGORITHM)
          .put("publicKey", fresh.publicKey())
          .put("endorsedBy", old.id())
          .put("endorsement", endorsement);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public CompletionStage<JsonNode> holds(String tenant) {
    return database.call(c -> Holds.list(c, tenant));
  }

  @Override
  public CompletionStage<JsonNode> hold(
      String tenant,
      String name,
      Optional<String> namespace,
      Optional<String> run,
      String reason,
      String by) {
    return database.call(c -> Holds.put(c, tenant, name, namespace, run, reason, by));
  }

  @Override
  public CompletionStage<Boolean> release(String tenant, String name) {
    return database.call(c -> Holds.remove(c, tenant, name));
  }

  @Override
  public CompletionStage<Optional<String>> heldBy(String tenant, String run) {
    return database.call(c -> Holds.on(c, tenant, run));
  }
}
