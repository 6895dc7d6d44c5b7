package io.signalbox.bench.peers;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line.
 *
 * @param warmUp seconds of the same load before each level is measured
 * @param seconds measured seconds a level
 * @param pool connections to the database
 */
record Options(
    String dbUrl,
    String user,
    String password,
    String schema,
    List<Integer> levels,
    double warmUp,
    double seconds,
    int pool) {
  static final String USAGE =
      """
      Dbos --db-url jdbc:postgresql://HOST:PORT/DATABASE --user USER --password PASSWORD
           [--levels 1,32,256] [--warmup SECONDS] [--seconds SECONDS] [--pool CONNECTIONS] [--schema NAME]
      The schema (signalbox_bench_dbos unless named) is dropped before and after.\
      """;

  Options {
    levels = List.copyOf(levels);
    if (levels.stream().anyMatch(level -> level < 1) || seconds <= 0 || warmUp < 0 || pool < 1) {
      throw new IllegalArgumentException("levels, seconds and pool must be more than 0");
    }
    if (!schema.matches("[a-z][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("--schema must be a plain lower-case name");
    }
  }

  /** Throws IllegalArgumentException with a line for the reader where an option is wrong. */
  static Options parse(String... arguments) {
    Map<String, String> given = new HashMap<>();
    given.put("--user", "postgres");
    given.put("--password", "");
    given.put("--schema", "signalbox_bench_dbos");
    given.put("--levels", "1,32,256");
    given.put("--warmup", "5");
    given.put("--seconds", "10");
    given.put("--pool", "20");
    for (int i = 0; i < arguments.length; i += 2) {
      boolean known = given.containsKey(arguments[i]) || arguments[i].equals("--db-url");
      if (!known || i + 1 == arguments.length) {
        throw new IllegalArgumentException(
            (known ? "value missing after " : "unknown option ") + arguments[i]);
      }
      given.put(arguments[i], arguments[i + 1]);
    }
    if (!given.containsKey("--db-url")) {
      throw new IllegalArgumentException("--db-url is missing");
    }
    return new Options(
        given.get("--db-url"),
        given.get("--user"),
        given.get("--password"),
        given.get("--schema"),
        Arrays.stream(given.get("--levels").split(",")).map(Integer::valueOf).toList(),
        Double.parseDouble(given.get("--warmup")),
        Double.parseDouble(given.get("--seconds")),
        Integer.parseInt(given.get("--pool")));
  }
}
