package io.signalbox.runtime.judge;

import io.signalbox.protocol.policy.Policy.Effect;
import io.signalbox.runtime.policy.Finding;
import io.signalbox.runtime.policy.Policies;
import java.util.ArrayList;
import java.util.List;

/**
 * The tenant's policies. Deny beats ask beats allow; a tool that some rule allows is denied where
 * none does. Policies on trial leave notes of what they would have done.
 */
final class ByPolicy implements Step {
  static final String DEFAULT = "policy:default-deny";

  @Override
  public Opinion judge(Question question) {
    Policies policies = question.rules().authority().policies();
    List<Finding> findings = Judge.findings(question);
    List<Opinion> opinions = new ArrayList<>();
    opinions.addAll(weigh(question, policies, findings, true));
    for (Opinion trial : weigh(question, policies, findings, false)) {
      note(trial, opinions);
    }
    return opinions.isEmpty() ? Opinion.NONE : new Opinion.Many(opinions);
  }

  private static List<Opinion> weigh(
      Question question, Policies policies, List<Finding> all, boolean enforced) {
    List<Finding> findings =
        all.stream().filter(it -> it.applies() && it.enforced() == enforced).toList();
    List<Opinion> opinions = new ArrayList<>();
    findings.stream()
        .filter(it -> it.rule().effect() == Effect.DENY)
        .findFirst()
        .ifPresent(it -> opinions.add(new Opinion.Refuse(it.named(), it.reason())));
    boolean allowed = findings.stream().anyMatch(it -> it.rule().effect() == Effect.ALLOW);
    if (opinions.isEmpty() && !allowed && policies.closed(question.tool(), enforced)) {
      opinions.add(
          new Opinion.Refuse(DEFAULT, "no rule of a policy allows " + question.tool() + " here"));
    }
    for (Finding it : findings) {
      if (it.rule().effect() == Effect.ASK) {
        opinions.add(new Opinion.Ask(it.named(), it.rule().approvers(), it.reason()));
      } else if (it.rule().effect() == Effect.ALLOW) {
        opinions.add(new Opinion.Allow(it.named()));
      }
    }
    return opinions;
  }

  private static void note(Opinion trial, List<Opinion> notes) {
    switch (trial) {
      case Opinion.Refuse it -> notes.add(new Opinion.Note(it.rule(), "would refuse: " + it.why()));
      case Opinion.Ask it -> notes.add(new Opinion.Note(it.rule(), "would ask: " + it.why()));
      case Opinion.Allow _, Opinion.Silent _, Opinion.Note _ -> {}
      case Opinion.Many it -> it.all().forEach(one -> note(one, notes));
    }
  }
}
