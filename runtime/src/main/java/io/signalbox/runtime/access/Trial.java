package io.signalbox.runtime.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.access.AccessCommand.Reply;
import io.signalbox.protocol.access.Caller;
import io.signalbox.protocol.policy.Policy;
import io.signalbox.protocol.policy.PolicyReplay;
import io.signalbox.protocol.policy.Simulation;
import io.signalbox.protocol.run.Usage;
import io.signalbox.runtime.catalog.Authority;
import io.signalbox.runtime.catalog.Rulebook;
import io.signalbox.runtime.judge.Judge;
import io.signalbox.runtime.judge.Question;
import io.signalbox.runtime.judge.Verdict;
import io.signalbox.runtime.policy.CompiledPolicy;
import io.signalbox.runtime.policy.Finding;
import io.signalbox.runtime.policy.Policies;
import io.signalbox.runtime.replay.PolicyTrial;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the judge would say of a call that nobody makes, and every rule that has a say. Pure. */
final class Trial {
  private Trial() {}

  static Reply of(Rulebook rules, Simulation call, Instant now) {
    List<Fault> faults = new ArrayList<>();
    Rulebook tried = with(rules, call.policies(), faults);
    if (!faults.isEmpty()) {
      return new Reply.Refused(new Refusal.Invalid("a policy cannot be compiled", faults));
    }
    Question question = question(tried, call, now);
    Verdict verdict = Judge.judge(question);
    ObjectNode told = Json.object();
    told.put("decision", word(verdict)).put("rule", verdict.rule());
    if (verdict instanceof Verdict.Refused no) {
      told.put("reason", no.why());
    } else if (verdict instanceof Verdict.Held held) {
      told.set("approvers", Json.tree(held.approvers()));
    }
    var considered = told.putArray("rules");
    for (Finding it : Judge.findings(question)) {
      ObjectNode one = considered.addObject();
      one.put("rule", it.named()).put("effect", it.rule().effect().text());
      one.put("mode", it.enforced() ? "enforce" : "shadow").put("applies", it.applies());
      it.trouble().ifPresent(why -> one.put("error", why));
    }
    told.set(
        "shadow",
        Json.tree(verdict.notes().stream().map(it -> it.rule() + " " + it.what()).toList()));
    return new Reply.Told(told);
  }

  /** Past calls under other policies. */
  static Reply replay(Connection c, String tenant, PolicyReplay wanted, Rulebook rules)
      throws SQLException {
    List<Fault> faults = new ArrayList<>();
    Rulebook tried = with(rules, wanted.policies(), faults);
    return faults.isEmpty()
        ? new Reply.Told(PolicyTrial.of(c, tenant, wanted, tried))
        : new Reply.Refused(new Refusal.Invalid("a policy cannot be compiled", faults));
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allowed _ -> "allow";
      case Verdict.Held _ -> "ask";
      case Verdict.Refused _ -> "deny";
    };
  }

  private static Question question(Rulebook rules, Simulation call, Instant now) {
    Optional<Caller.Behalf> behalf =
        call.onBehalfOf()
            .map(it -> new Caller.Behalf(it, rules.authority().roles().rolesOf(it, Set.of())));
    return new Question(
        rules,
        call.agent()
            .<Question.Asker>map(Question.Asker.Agent::new)
            .orElseGet(Question.Asker.Workflow::new),
        new Question.Run(
            "simulation",
            new WorkflowRef(call.namespace(), call.workflow(), "simulation"),
            new Caller(call.principal(), Optional.of(call.roles()), behalf),
            call.labels(),
            Usage.NONE),
        call.tool(),
        call.arguments(),
        Set.of(),
        call.at().orElse(now));
  }

  /** The same rules with other policies, each as if it were enforced. */
  private static Rulebook with(Rulebook rules, List<Policy> candidates, List<Fault> faults) {
    Policies policies = rules.authority().policies();
    for (int i = 0; i < candidates.size(); i++) {
      Policy it = candidates.get(i);
      CompiledPolicy.Compiling made =
          CompiledPolicy.compile(new Policy(it.name(), it.description(), "enforce", it.rules()));
      String at = "/policies/" + i;
      made.faults().forEach(f -> faults.add(new Fault(at + f.pointer(), f.message())));
      if (made.policy().isPresent()) {
        policies = policies.with(made.policy().get());
      }
    }
    return rules.with(new Authority(rules.authority().roles(), policies));
  }
}
