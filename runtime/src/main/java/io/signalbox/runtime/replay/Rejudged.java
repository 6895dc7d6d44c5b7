package io.signalbox.runtime.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.runtime.catalog.Rulebook;
import io.signalbox.runtime.judge.Judge;
import io.signalbox.runtime.judge.Question;
import io.signalbox.runtime.judge.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One past call under rules of now. What an agent had read is not known any more, so what was held
 * or refused because of that, or by anything else that is no policy and no permission, stays so.
 * Pure.
 */
final class Rejudged {
  private static final List<String> STRICTNESS = List.of("allow", "ask", "deny");

  private Rejudged() {}

  /** What would be different, if anything. */
  static Optional<ObjectNode> difference(PastCalls.Call call, Rulebook rules) {
    Verdict verdict =
        Judge.judge(
            new Question(
                rules,
                call.agent()
                    .<Question.Asker>map(Question.Asker.Agent::new)
                    .orElseGet(Question.Asker.Workflow::new),
                call.run(),
                call.tool(),
                call.arguments(),
                Set.of(),
                call.at()));
    String would = word(verdict);
    if (would.equals(call.was()) || (stays(call) && weaker(would, call.was()))) {
      return Optional.empty();
    }
    ObjectNode told = Json.object().put("run", call.run().id()).put("task", call.task());
    told.put("at", call.at().toString()).put("tool", call.tool());
    told.put("namespace", call.run().workflow().namespace());
    told.put("workflow", call.run().workflow().name());
    call.agent().ifPresent(it -> told.put("agent", it));
    told.set("arguments", call.arguments());
    ObjectNode was = told.putObject("was").put("decision", call.was());
    was.set("rules", Json.tree(call.rules()));
    ObjectNode then = told.putObject("would").put("decision", would);
    then.set("rules", Json.tree(rules(verdict)));
    if (verdict instanceof Verdict.Refused no) {
      then.put("reason", no.why());
    }
    return Optional.of(told);
  }

  private static boolean stays(PastCalls.Call call) {
    return call.rules().stream()
        .anyMatch(it -> !it.startsWith("policy:") && !it.startsWith("permission:"));
  }

  private static boolean weaker(String would, String was) {
    return STRICTNESS.indexOf(would) < STRICTNESS.indexOf(was);
  }

  private static List<String> rules(Verdict verdict) {
    return verdict instanceof Verdict.Held held
        ? held.asks().stream().map(it -> it.rule()).toList()
        : List.of(verdict.rule());
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allowed _ -> "allow";
      case Verdict.Held _ -> "ask";
      case Verdict.Refused _ -> "deny";
    };
  }
}
