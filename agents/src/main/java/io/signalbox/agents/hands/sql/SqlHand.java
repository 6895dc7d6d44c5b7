package io.signalbox.agents.hands.sql;

import io.signalbox.agents.hands.kit.Done;
import io.signalbox.agents.hands.kit.Hand;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.tool.ToolDefinition;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Tools of kind sql. Config: datasource, query with {@code :named} parameters, rowLimit. What keeps
 * a query from writing is the database itself: a read-only transaction that is always rolled back,
 * and the role it runs as.
 */
public final class SqlHand implements Hand {
  private static final int USUAL_ROWS = 100;
  private static final int MOST_ROWS = 10_000;
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Datasources datasources;
  private final InstantSource clock;
  private final long maxBytes;

  public SqlHand(Datasources datasources, InstantSource clock, long maxBytes) {
    this.datasources = datasources;
    this.clock = clock;
    this.maxBytes = maxBytes;
  }

  @Override
  public Outcome send(Perform order) throws Setback {
    var tool = order.tool().orElseThrow();
    var datasource = datasources.find(tool.config().path("datasource").asText());
    var query = NamedQuery.parse(tool.config().path("query").asText());
    try (var connection = datasource.borrow()) {
      try {
        connection.setNetworkTimeout(Runnable::run, millis(tool.timeout().plus(GRACE)));
        confine(connection, datasource, tool.timeout());
        if (!clock.instant().isBefore(order.leaseUntil())) {
          throw Setback.failed("timeout", 503, "lease expired before sending");
        }
        return run(connection, tool, query, order);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw SqlFaults.tell(datasource.name(), e);
    } catch (IOException e) {
      throw Setback.failed(
          "communication", 503, "init script of " + datasource.name() + ": " + e.getMessage());
    }
  }

  /** All of it local to the transaction, so that nothing sticks to the pooled connection. */
  private static void confine(Connection connection, Datasource datasource, Duration timeout)
      throws SQLException {
    try (var set =
        connection.prepareStatement(
            """
            select set_config('statement_timeout', ?, true),
              set_config('search_path', coalesce(?, current_setting('search_path')), true),
              set_config('role', coalesce(?, current_setting('role')), true)""")) {
      set.setString(1, Integer.toString(millis(timeout)));
      set.setString(2, datasource.schema().orElse(null));
      set.setString(3, datasource.role().orElse(null));
      set.execute();
    }
  }

  private Outcome run(Connection connection, ToolDefinition tool, NamedQuery query, Perform order)
      throws SQLException {
    int rowLimit = Math.clamp(tool.config().path("rowLimit").asInt(USUAL_ROWS), 1, MOST_ROWS);
    try (var statement = connection.prepareStatement(query.sql())) {
      statement.setMaxRows(rowLimit + 1);
      statement.setFetchSize(Math.min(rowLimit + 1, 500));
      Parameters.bind(statement, query.names(), order.arguments());
      try (var result = statement.executeQuery()) {
        return Done.with(Rows.read(result, rowLimit, maxBytes));
      }
    }
  }

  private static int millis(Duration duration) {
    return Math.clamp(duration.toMillis(), 1, 3_600_000);
  }
}
