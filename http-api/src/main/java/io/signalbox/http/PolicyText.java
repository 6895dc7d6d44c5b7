package io.signalbox.http;

import io.signalbox.http.wire.Fields;
import io.signalbox.http.wire.Names;
import io.signalbox.protocol.policy.Policy;
import io.signalbox.protocol.policy.Policy.Effect;
import io.signalbox.protocol.policy.Policy.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a policy as it is sent; whether its conditions can be compiled is found later. */
final class PolicyText {
  private static final List<String> MODES = List.of("enforce", "shadow");
  private static final List<String> EFFECTS = List.of("deny", "allow", "ask");
  private static final Pattern APPROVER = Pattern.compile("(role|user):.{1,200}");
  private static final int MOST = 200;

  private PolicyText() {}

  static Policy read(String name, Fields fields) {
    String description = fields.text("description").orElse("");
    String mode = fields.choice("mode", MODES);
    List<Rule> rules = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Fields one : fields.each("rules")) {
      Rule rule = rule(one, rules.size());
      if (!ids.add(rule.id())) {
        one.fault("id", "is the id of another rule");
      }
      rules.add(rule);
    }
    if (rules.isEmpty() || rules.size() > MOST) {
      fields.fault("rules", "must hold 1 to " + MOST + " rules");
    }
    return new Policy(name, description, mode, rules);
  }

  private static Rule rule(Fields fields, int index) {
    String id = fields.matching("id", Names.FORM, Names.RULE).orElse("rule-" + (index + 1));
    fields.need("effect");
    Effect effect = Effect.parse(fields.choice("effect", EFFECTS));
    List<String> tools = fields.texts("tools");
    if (tools.isEmpty()) {
      fields.fault("tools", "must name tools, such as [\"jira.*\"]");
    }
    Optional<String> when = fields.text("when");
    List<String> approvers = fields.texts("approvers");
    if (approvers.stream().anyMatch(it -> !APPROVER.matcher(it).matches())) {
      fields.fault("approvers", "each must be role:NAME or user:ID");
    }
    if (effect == Effect.ASK && approvers.isEmpty()) {
      fields.fault("approvers", "must name who is asked");
    }
    return new Rule(id, effect, tools, when, approvers, fields.text("reason"));
  }
}
