package io.signalbox.runtime.wake;

import io.signalbox.runtime.view.ViewSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Where a sweep over everything active stands; each step is one small transaction. */
sealed interface Sweep {
  /** What a step found, and how to go on, if at all. */
  record Step(List<Ping> pings, Optional<Sweep> next) {
    public Step {
      pings = List.copyOf(pings);
    }
  }

  /** Does the next step. */
  Step step(Connection connection, WakeRows rows, ViewSettings.Waker settings) throws SQLException;

  /** Notes the moment up to which the table must know everything. */
  record Begin() implements Sweep {
    @Override
    public Step step(Connection connection, WakeRows rows, ViewSettings.Waker settings)
        throws SQLException {
      long looks = settings.sweepPatience().dividedBy(settings.sweepPace());
      return new CatchUp(rows.mark(connection), looks).step(connection, rows, settings);
    }
  }

  /** Waits for the views, but not forever. */
  record CatchUp(String mark, long looks) implements Sweep {
    @Override
    public Step step(Connection connection, WakeRows rows, ViewSettings.Waker settings)
        throws SQLException {
      if (looks <= 0 || rows.caughtUp(connection, mark)) {
        return new Through(new Ping("", "", 0)).step(connection, rows, settings);
      }
      return new Step(List.of(), Optional.of(new CatchUp(mark, looks - 1)));
    }
  }

  /** Goes through all rows, a batch at a time. */
  record Through(Ping behind) implements Sweep {
    @Override
    public Step step(Connection connection, WakeRows rows, ViewSettings.Waker settings)
        throws SQLException {
      List<Ping> pings = rows.active(connection, behind);
      return new Step(
          pings,
          pings.size() == settings.batch()
              ? Optional.of(new Through(pings.getLast()))
              : Optional.empty());
    }
  }
}
