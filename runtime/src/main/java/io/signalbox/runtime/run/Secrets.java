package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.definition.Step;
import io.signalbox.protocol.definition.Task;
import io.signalbox.protocol.run.SecretMarker;
import io.signalbox.runtime.expression.ExpressionFailed;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;

/**
 * What expressions see of secrets: markers under the run's own tag. The tag is random, so that a
 * text from outside that only looks like a marker is never taken for one.
 */
final class Secrets {
  private Secrets() {}

  /** Adds {@code $secrets}, if the definition has any. */
  static void bind(Map<String, JsonNode> variables, Definition definition, Optional<String> tag) {
    if (!definition.secrets().isEmpty() && tag.isPresent()) {
      variables.put("secrets", variable(definition.secrets(), tag.get()));
    }
  }

  /** Adds {@code $authorization}: what the task's authentication comes to, if it has one. */
  static void bindAuthorization(Map<String, JsonNode> variables, Task.Call task, RunState state) {
    JsonNode own = task.with().at("/endpoint/authentication");
    JsonNode policy = own.isMissingNode() ? task.with().path("authentication") : own;
    if (policy.isEmpty()) {
      variables.put("authorization", NullNode.getInstance());
      return;
    }
    ObjectNode described = Json.object().put("scheme", scheme(policy.fieldNames().next()));
    String tag = tag(state).orElse("");
    described.put(
        "parameter", new SecretMarker(SecretMarker.AUTHORIZATION, Optional.empty(), tag).text());
    variables.put("authorization", described);
  }

  /** The markers of this run in the arguments of a call: its tag, and what they stand for. */
  static Optional<ObjectNode> used(JsonNode arguments, RunState state) {
    Optional<String> tag = tag(state);
    Set<String> names = new TreeSet<>();
    tag.ifPresent(it -> collect(arguments, it, names));
    if (names.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode used = Json.object().put("tag", tag.orElse(""));
    ArrayNode list = used.putArray("names");
    names.forEach(list::add);
    return Optional.of(used);
  }

  static Optional<String> tag(RunState state) {
    return state.begun().flatMap(Begun::secretTag);
  }

  /** Whether runs of this definition need a tag at all. */
  static boolean needed(Definition definition) {
    return !definition.secrets().isEmpty();
  }

  private static JsonNode variable(Map<String, Set<String>> secrets, String tag) {
    ObjectNode all = Json.object();
    secrets.forEach(
        (name, fields) -> {
          if (name.equals(SecretMarker.AUTHORIZATION)) {
            return;
          }
          if (fields.isEmpty()) {
            all.put(name, new SecretMarker(name, Optional.empty(), tag).text());
          } else {
            ObjectNode parts = all.putObject(name);
            fields.forEach(
                field -> parts.put(field, new SecretMarker(name, Optional.of(field), tag).text()));
          }
        });
    return all;
  }

  private static String scheme(String policy) {
    return switch (policy) {
      case "basic" -> "Basic";
      case "digest" -> "Digest";
      default -> "Bearer";
    };
  }

  private static void collect(JsonNode node, String tag, Set<String> names) {
    if (node.isTextual()) {
      collect(node.textValue(), tag, names);
    } else {
      node.forEach(child -> collect(child, tag, names));
    }
  }

  private static void collect(String text, String tag, Set<String> names) {
    int whole = 0;
    Matcher markers = SecretMarker.in(text);
    while (markers.find()) {
      SecretMarker marker = SecretMarker.found(markers);
      if (marker.tag().equals(tag)) {
        names.add(marker.reference());
        whole++;
      }
    }
    int tags = 0;
    for (int at = text.indexOf(tag); at >= 0; at = text.indexOf(tag, at + 1)) {
      tags++;
    }
    if (tags != whole) {
      throw new ExpressionFailed(
          text, "holds a part of a secret; a secret can only be passed on whole");
    }
  }

  /** Whether a step's task authenticates, and so knows {@code $authorization}. */
  static Optional<Task.Call> authenticating(Step step) {
    return step.task() instanceof Task.Call call
            && (call.with().has("endpoint") || call.with().has("document"))
        ? Optional.of(call)
        : Optional.empty();
  }
}
