package io.signalbox.bench.peers;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.workflow.Workflow;
import java.util.Map;

/** The workload: five durable steps one after the other, each an echo of a small JSON object. */
public interface FiveSteps {
  int STEPS = 5;

  /** Answers with what the last step echoed: the order and the note of its input. */
  Map<String, Object> run(Map<String, Object> input);

  /** As DBOS runs it: the workflow and the outcome of each step are rows that are committed. */
  record Durable(DBOS dbos) implements FiveSteps {
    @Override
    @Workflow(name = "fiveSteps")
    public Map<String, Object> run(Map<String, Object> input) {
      Map<String, Object> last = input;
      for (int step = 1; step <= STEPS; step++) {
        Map<String, Object> arguments =
            Map.of("order", last.get("order"), "note", last.get("note"));
        last = dbos.runStep(() -> echo(arguments), "echo" + step);
      }
      return last;
    }

    private static Map<String, Object> echo(Map<String, Object> arguments) {
      return arguments;
    }
  }
}
