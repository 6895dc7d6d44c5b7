package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.definition.Task;
import io.signalbox.runtime.expression.Expressions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads calls of the gateway's own functions: agent, tool and approval. */
final class GatewayCalls {
  private final Compilation in;

  GatewayCalls(Compilation in) {
    this.in = in;
  }

  Optional<Task> agent(Place task, Names names) {
    return call(
        task,
        names,
        CallKind.AGENT,
        Set.of("agent", "message", "session", "data"),
        with -> {
          name(with, "agent", "a call of agent");
          in.findings.requiredText(with, "message", "a call of agent");
          in.findings.text(with.at("session"));
        });
  }

  Optional<Task> tool(Place task, Names names) {
    return call(
        task,
        names,
        CallKind.TOOL,
        Set.of("tool", "arguments"),
        with -> {
          name(with, "tool", "a call of tool");
          Place arguments = with.at("arguments");
          if (arguments.present() && !arguments.node().isObject() && !expression(arguments)) {
            in.findings.fault(arguments, "must be an object or an expression ${ }");
          }
        });
  }

  Optional<Task> approval(Place task, Names names) {
    return call(
        task,
        names,
        CallKind.APPROVAL,
        Set.of(
            "title",
            "details",
            "approvers",
            "quorum",
            "expires",
            "escalate",
            "notify",
            "reasonRequired",
            "neverBy",
            "delegable"),
        with -> {
          in.findings.requiredText(with, "title", "a call of approval");
          if (!with.at("approvers").present()) {
            in.findings.fault(with, "a call of approval needs 'approvers'");
          } else {
            people(with.at("approvers"));
          }
          JsonNode quorum = with.at("quorum").node();
          if (!quorum.isMissingNode()
              && !(quorum.isInt() && quorum.intValue() >= 1 && quorum.intValue() <= 100)) {
            in.findings.fault(with.at("quorum"), "must be a whole number from 1 to 100");
          }
          in.findings.duration(with.at("expires"), names);
          escalate(with.at("escalate"), names);
          channels(with.at("notify"));
          if (with.at("neverBy").present()) {
            people(with.at("neverBy"));
          }
          flag(with.at("reasonRequired"));
          flag(with.at("delegable"));
        });
  }

  private Optional<Task> call(
      Place task, Names names, CallKind kind, Set<String> properties, Consumer<Place> check) {
    Place with = task.at("with");
    if (!with.present()) {
      in.findings.fault(task, "a call of " + kind.text() + " needs 'with'");
      return Optional.empty();
    }
    if (!in.findings.object(with, "'with'")) {
      return Optional.empty();
    }
    in.findings.only(with, "a call of " + kind.text(), properties);
    check.accept(with);
    in.findings.template(with, names);
    return Optional.of(new Task.Call(kind, with.node()));
  }

  private void name(Place with, String property, String what) {
    String name = in.findings.requiredText(with, property, what);
    if (!name.isEmpty()
        && !Expressions.isExpression(name)
        && !name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}")) {
      in.findings.fault(
          with.at(property),
          "must be a name of letters, digits, '.', '_' and '-', or an expression ${ }");
    }
  }

  private void people(Place place) {
    if (expression(place)) {
      return;
    }
    if (!place.node().isArray() || place.node().isEmpty()) {
      in.findings.fault(place, "must be a list of role:NAME and user:ID");
      return;
    }
    for (int i = 0; i < place.node().size(); i++) {
      Place one = place.at(i);
      if (!expression(one) && !(one.node().isTextual() && one.text().matches("(role|user):.+"))) {
        in.findings.fault(one, "must be role:NAME, user:ID or an expression ${ }");
      }
    }
  }

  private void escalate(Place place, Names names) {
    if (!place.present()) {
      return;
    }
    if (!place.node().isArray()) {
      in.findings.fault(place, "must be a list such as [{after: PT1H, to: [\"role:NAME\"]}]");
      return;
    }
    for (int i = 0; i < place.node().size(); i++) {
      Place step = place.at(i);
      if (!in.findings.object(step, "an escalation")) {
        continue;
      }
      in.findings.only(step, "an escalation", Set.of("after", "to", "notify"));
      if (!step.at("after").present() || !step.at("to").present()) {
        in.findings.fault(step, "an escalation needs 'after' and 'to'");
        continue;
      }
      in.findings.duration(step.at("after"), names);
      people(step.at("to"));
      channels(step.at("notify"));
    }
  }

  private void flag(Place place) {
    if (place.present() && !place.node().isBoolean()) {
      in.findings.fault(place, "must be true or false");
    }
  }

  private void channels(Place place) {
    if (place.present()
        && !expression(place)
        && !(place.node().isArray() && place.node().valueStream().allMatch(JsonNode::isTextual))) {
      in.findings.fault(place, "must be a list of channel names");
    }
  }

  private static boolean expression(Place place) {
    return place.node().isTextual() && Expressions.isExpression(place.text());
  }
}
