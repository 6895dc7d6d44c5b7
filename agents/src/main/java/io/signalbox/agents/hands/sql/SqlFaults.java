package io.signalbox.agents.hands.sql;

import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.kit.Shortened;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** What went wrong at the database, in the DSL's kinds of errors. Reads never leave doubt. */
final class SqlFaults {
  private SqlFaults() {}

  static Setback tell(String datasource, SQLException e) {
    var state = e.getSQLState() == null ? "" : e.getSQLState();
    var message = Shortened.of(e.getMessage() == null ? e.toString() : e.getMessage());
    var detail = "datasource %s: %s".formatted(datasource, message);
    if (e instanceof SQLTransientConnectionException || state.startsWith("08")) {
      return Setback.failed("communication", 503, detail);
    }
    return switch (state) {
      case "57014" -> Setback.failed("timeout", 408, detail);
      case "25006", "42501" -> Setback.failed("authorization", 403, detail);
      case "57P01", "57P02", "57P03", "53300" -> Setback.failed("communication", 503, detail);
      default ->
          state.startsWith("22")
              ? Setback.failed("validation", 422, detail)
              : Setback.failed("runtime", 500, detail);
    };
  }
}
