package io.signalbox.bench.crash;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.bench.kit.Postgres;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the rows say after everything has ended.
 *
 * @param completed runs that ended completed
 * @param missing steps of which there is no row
 * @param duplicates rows beyond the first of their step
 * @param otherKey duplicates whose key differs from their twin's
 * @param sameLife duplicates that one life of the server sent both of: no kill lies between
 * @param sharedKeys keys that more than one step has
 * @param seconds from the first start to the last end
 */
record Verdict(
    Crashes.Plan plan,
    String policy,
    int completed,
    long missing,
    long duplicates,
    long otherKey,
    long sameLife,
    long sharedKeys,
    double seconds) {

  static Verdict of(
      Crashes.Plan plan, String policy, int completed, Postgres.Base base, double seconds)
      throws IOException {
    long[] found =
        base.numbers(
            """
            with twins as (
              select run, step, count(*) as rows, count(distinct key) as keys,
                     count(distinct life) as lives
              from step group by run, step)
            select count(*), coalesce(sum(rows - 1), 0), coalesce(sum(keys - 1), 0),
                   coalesce(sum(rows - lives), 0),
                   (select count(*) from (select key from step group by key
                      having count(distinct (run, step)) > 1) shared)
            from twins""");
    long wanted = (long) plan.runs() * plan.steps();
    return new Verdict(
        plan,
        policy,
        completed,
        wanted - found[0],
        found[1],
        found[2],
        found[3],
        found[4],
        seconds);
  }

  /** What is not as promised; empty when all is well. */
  List<String> broken() {
    List<String> broken = new ArrayList<>();
    expect(broken, plan.runs() - completed, "runs did not complete");
    expect(broken, missing, "steps are missing");
    expect(broken, otherKey, "duplicates have another key than their twin");
    expect(broken, sameLife, "duplicates span no kill");
    expect(broken, sharedKeys, "keys belong to more than one step");
    if (policy.equals("probe")) {
      expect(broken, duplicates, "duplicates though the tool can be probed");
    }
    return broken;
  }

  private static void expect(List<String> broken, long count, String what) {
    if (count != 0) {
      broken.add(count + " " + what);
    }
  }

  ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("policy", policy)
            .put("seed", plan.seed())
            .put("runs", plan.runs())
            .put("steps", plan.steps())
            .put("kills", plan.kills())
            .put("completed", completed)
            .put("missing", missing)
            .put("duplicates", duplicates)
            .put("duplicatesWithAnotherKey", otherKey)
            .put("duplicatesWithinOneLife", sameLife)
            .put("sharedKeys", sharedKeys)
            .put("seconds", Math.round(seconds));
    broken().forEach(json.putArray("broken")::add);
    return json;
  }

  String line() {
    return String.format(
        "%-11s %5d runs x %d steps, %d kills: %d completed, %d missing, %d duplicates (%d with"
            + " another key, %d within one life), %.0f s%s%n",
        policy,
        plan.runs(),
        plan.steps(),
        plan.kills(),
        completed,
        missing,
        duplicates,
        otherKey,
        sameLife,
        seconds,
        broken().isEmpty() ? "" : "  BROKEN: " + broken());
  }
}
