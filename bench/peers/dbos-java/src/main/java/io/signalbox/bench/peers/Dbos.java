package io.signalbox.bench.peers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;

/**
 * DBOS Transact for Java under our workload: prints one line of JSON per level of concurrency. Ends
 * with 1 where a run failed, with 2 where the command line is wrong.
 */
public final class Dbos {
  private Dbos() {}

  public static void main(String... arguments) throws Exception {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    System.exit(measure(options) ? 0 : 1);
  }

  private static boolean measure(Options options)
      throws SQLException, InterruptedException, ExecutionException {
    try (HikariDataSource pool = pool(options)) {
      drop(pool, options.schema());
      try (DBOS dbos = new DBOS(config(options, pool))) {
        FiveSteps workflow = dbos.registerProxy(FiveSteps.class, new FiveSteps.Durable(dbos));
        dbos.launch();
        boolean good = true;
        for (int callers : options.levels()) {
          Level level =
              ClosedLoop.measure(
                  () -> run(dbos, workflow), callers, options.warmUp(), options.seconds());
          System.out.println(level.json());
          good &= level.failed() == 0;
        }
        return good;
      } finally {
        drop(pool, options.schema());
      }
    }
  }

  private static boolean run(DBOS dbos, FiveSteps workflow) {
    Map<String, Object> input = Map.of("order", 17, "note", "x");
    return input.equals(dbos.startWorkflow(() -> workflow.run(input)).getResult());
  }

  private static DBOSConfig config(Options options, DataSource pool) {
    return DBOSConfig.defaults("signalbox-bench")
        .withDataSource(pool)
        .withDatabaseSchema(options.schema())
        .withAppVersion("1");
  }

  /** As DBOS makes its own pool, but for its size (there 10) and that it waits for a connection. */
  private static HikariDataSource pool(Options options) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(options.dbUrl());
    config.setUsername(options.user());
    config.setPassword(options.password());
    config.setMaximumPoolSize(options.pool());
    config.setMinimumIdle(options.pool());
    config.setConnectionTimeout(30_000);
    config.setKeepaliveTime(30_000);
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", "10");
    config.addDataSourceProperty("socketTimeout", "60");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    return new HikariDataSource(config);
  }

  private static void drop(DataSource pool, String schema) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set client_min_messages = warning");
      statement.execute("drop schema if exists \"" + schema + "\" cascade");
      statement.execute("reset client_min_messages");
    }
  }
}
