package io.signalbox.bench.runs;

import io.signalbox.bench.kit.Command;
import io.signalbox.bench.kit.Load;
import io.signalbox.bench.kit.Postgres;
import io.signalbox.bench.kit.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How many single-row inserts the database commits: by pgbench, or over JDBC without one. */
final class CommitLimit {
  private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+) \\(without");
  private static final String INSERT =
      "insert into commit_limit (payload) values (repeat('x', 115))";

  private final Postgres.Base base;
  private final Duration measure;
  private final Optional<String> pgbench = pgbench();

  CommitLimit(Postgres.Base base, Duration measure) throws IOException {
    this.base = base;
    this.measure = measure;
    base.run("create table commit_limit (id bigserial primary key, payload text not null)");
  }

  /** What measures. */
  String tool() {
    return pgbench.isPresent() ? "pgbench" : "jdbc";
  }

  /** Rows a second, with so many clients. */
  double rowsPerSecond(Path folder, int clients) throws IOException, InterruptedException {
    double found =
        pgbench.isPresent() ? byPgbench(pgbench.get(), folder, clients) : byJdbc(clients);
    Progress.say(
        String.format("commit limit (%s), %d clients: %.0f rows/s", tool(), clients, found));
    return found;
  }

  private double byPgbench(String program, Path folder, int clients)
      throws IOException, InterruptedException {
    Path script = folder.resolve("insert.sql");
    Files.writeString(script, INSERT + ";\n");
    String said =
        Command.run(
            folder,
            measure.plusSeconds(60),
            Map.of("PGPASSWORD", base.password()),
            List.of(
                program,
                "-n",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(base.port()),
                "-U",
                base.user(),
                "-c",
                Integer.toString(clients),
                "-j",
                Integer.toString(Math.min(2, clients)),
                "-T",
                Long.toString(measure.toSeconds()),
                "-f",
                script.toString(),
                base.name()));
    Matcher tps = TPS.matcher(said);
    if (!tps.find()) {
      throw new IOException("pgbench said: " + said);
    }
    return Double.parseDouble(tps.group(1));
  }

  private double byJdbc(int clients) throws IOException, InterruptedException {
    return Load.run(clients, Duration.ofSeconds(1), measure, _ -> Inserting.open(base)).perSecond();
  }

  private record Inserting(Connection connection, PreparedStatement insert) implements Load.Caller {
    static Inserting open(Postgres.Base base) throws IOException {
      try {
        Connection connection = base.connect();
        return new Inserting(connection, connection.prepareStatement(INSERT));
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void call() throws IOException {
      try {
        insert.executeUpdate();
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }
  }

  private static Optional<String> pgbench() throws IOException {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Stream<Path> folders = Arrays.stream(path.split(":")).filter(f -> !f.isEmpty()).map(Path::of);
    Path debian = Path.of("/usr/lib/postgresql");
    try (Stream<Path> versions =
        Files.isDirectory(debian) ? Files.list(debian) : Stream.<Path>empty()) {
      return Stream.concat(folders, versions.map(v -> v.resolve("bin")))
          .map(folder -> folder.resolve("pgbench"))
          .filter(Files::isExecutable)
          .map(Path::toString)
          .findFirst();
    }
  }
}
