package io.signalbox.runtime.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/**
 * Runs blocking database work on virtual threads, each in one transaction; the pool bounds how much
 * runs at once and how long anything waits for a connection.
 */
public record Database(DataSource pool, Executor threads) {
  /** Work with one connection, inside one transaction. */
  @FunctionalInterface
  public interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  /** Commits when the work returns, rolls back when it throws; fails with the SQLException. */
  public <T> CompletionStage<T> call(Work<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return now(work);
          } catch (SQLException e) {
            throw new CompletionException(e);
          }
        },
        threads);
  }

  /** The same on the calling thread, which must be one that may block. */
  public <T> T now(Work<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.in(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }
}
