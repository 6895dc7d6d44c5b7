package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.Beyond;
import io.signalbox.protocol.definition.Steps;
import io.signalbox.protocol.definition.Task;
import io.signalbox.protocol.definition.Task.OnFailure;
import io.signalbox.runtime.definition.StepLists.Surroundings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what goes beyond the DSL, where the DSL leaves room for it: the functions {@code map} and
 * {@code compensate}, and {@code metadata.signalbox} of any task.
 */
final class BeyondReader {
  /** The variable in which a compensation finds what it undoes. */
  static final String COMPENSATED = "compensated";

  private static final Set<String> FUNCTIONS = Set.of("map", "compensate");
  private static final List<String> POLICIES = List.of("fail", "collect", "skip");

  private final Compilation in;
  private boolean compensating;

  BeyondReader(Compilation in) {
    this.in = in;
  }

  /** Whether a call is of one of these functions. */
  boolean knows(Place task) {
    return FUNCTIONS.contains(task.at("call").text());
  }

  Optional<Task> call(Place task, Surroundings around) {
    return task.at("call").text().equals("map") ? map(task, around) : compensate(task);
  }

  private Optional<Task> compensate(Place task) {
    Place with = task.at("with");
    if (with.present() && in.findings.object(with, "'with'")) {
      in.findings.only(with, "a call of compensate", Set.of());
    }
    if (compensating) {
      in.findings.fault(task.at("call"), "a compensation cannot begin compensations");
    }
    return Optional.of(new Task.Compensate());
  }

  // -- map ---------------------------------------------------------------------------------------

  private Optional<Task> map(Place task, Surroundings around) {
    Place with = task.at("with");
    if (!with.present() || !in.findings.object(with, "'with'")) {
      in.findings.fault(task, "a call of map needs 'with': what to go over and what to do");
      return Optional.empty();
    }
    in.findings.only(
        with,
        "a call of map",
        Set.of("in", "each", "at", "concurrency", "onFailure", "tolerate", "do"));
    String each = in.flow.variable(with.at("each"), "item");
    String at = in.flow.variable(with.at("at"), "index");
    if (each.equals(at)) {
      in.findings.fault(with.at("at"), "'each' and 'at' must be two variables");
    }
    in.findings.requiredText(with, "in", "a call of map");
    String items = in.findings.expression(with.at("in"), around.names()).orElse("");
    Optional<Integer> concurrency = concurrency(with.at("concurrency"));
    OnFailure policy = policy(with.at("onFailure"));
    Optional<Double> tolerate = tolerate(with.at("tolerate"), policy);
    if (!with.at("do").present()) {
      in.findings.fault(with, "a call of map needs 'do', the tasks for each item");
      return Optional.empty();
    }
    Names names = around.names().plus(each).plus(at);
    Steps body = in.lists.sequence(with.at("do"), names, around.depth() + 1);
    return Optional.of(new Task.Mapping(each, at, items, concurrency, policy, tolerate, body));
  }

  private Optional<Integer> concurrency(Place place) {
    if (!place.present()) {
      return Optional.empty();
    }
    if (!place.node().isInt() || place.node().intValue() < 1) {
      in.findings.fault(place, "must be a whole number, 1 or more");
      return Optional.empty();
    }
    return Optional.of(place.node().intValue());
  }

  private OnFailure policy(Place place) {
    String text = in.findings.text(place).orElse("fail");
    if (!POLICIES.contains(text)) {
      in.findings.fault(place, "must be fail, collect or skip");
      return OnFailure.FAIL;
    }
    return OnFailure.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private Optional<Double> tolerate(Place place, OnFailure policy) {
    if (!place.present()) {
      return Optional.empty();
    }
    JsonNode node = place.node();
    boolean count = node.isInt() && node.intValue() >= 1;
    boolean share =
        node.isFloatingPointNumber() && node.doubleValue() > 0 && node.doubleValue() < 1;
    if (!count && !share) {
      in.findings.fault(place, "must be a share between 0 and 1, or a number of items");
    } else if (policy == OnFailure.FAIL) {
      in.findings.fault(place, "goes with onFailure: collect or skip; 'fail' tolerates nothing");
    }
    return Optional.of(node.doubleValue());
  }

  // -- metadata ----------------------------------------------------------------------------------

  Beyond metadata(Place task, Surroundings around) {
    Place ours = task.at("metadata").at("signalbox");
    if (!ours.present() || !in.findings.object(ours, "'signalbox'")) {
      return Beyond.NOTHING;
    }
    in.findings.only(ours, "'signalbox'", Set.of("compensate", "labels", "onUnknownOutcome"));
    return new Beyond(
        compensation(ours.at("compensate"), around), labels(ours.at("labels"), around.names()));
  }

  private Optional<Steps> compensation(Place place, Surroundings around) {
    if (!place.present()) {
      return Optional.empty();
    }
    if (compensating) {
      in.findings.fault(place, "a compensation cannot have a compensation of its own");
      return Optional.empty();
    }
    compensating = true;
    Steps steps = in.lists.sequence(place, around.names().plus(COMPENSATED), around.depth() + 1);
    compensating = false;
    return Optional.of(steps);
  }

  private Map<String, JsonNode> labels(Place place, Names names) {
    Map<String, JsonNode> labels = new LinkedHashMap<>();
    if (place.present() && in.findings.object(place, "'labels'")) {
      in.findings.template(place, names.plus("output"));
      place
          .node()
          .properties()
          .forEach(
              label -> {
                if (label.getKey().isBlank()) {
                  in.findings.fault(place, "a label needs a name");
                }
                if (label.getValue().isContainerNode()) {
                  in.findings.fault(
                      place.at(label.getKey()), "must be a text, a number or an expression ${ }");
                }
                labels.put(label.getKey(), label.getValue());
              });
    }
    return labels;
  }
}
