package io.signalbox.runtime.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads from a journal row what an auditor looks for: pure, so that the search view can be compared
 * with the journal at any time. It works on the stored JSON, so that facts of later versions that
 * name a person or a rule are found as well.
 */
final class Entries {
  private static final int LONGEST = 300;

  /** Facts that are told though they name nobody. */
  private static final Set<String> BY_THE_RUN =
      Set.of("callDispatched", "callUnknown", "approvalRequested", "approvalExpired", "runFaulted");

  private Entries() {}

  /**
   * What a row says.
   *
   * @param id persistence id: kind, tenant and the rest
   * @param startedBy who started the run, where it is a run's row
   */
  static List<Entry> of(String id, long seq, JsonNode turn, String startedBy) {
    String[] parts = id.split("\\|", 3);
    Optional<Instant> at = time(turn.path("at").asText());
    if (parts.length < 3 || at.isEmpty() || turn.has("copiedFrom")) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    int place = 0;
    for (JsonNode fact : turn.path("facts")) {
      Place where = new Place(parts[1], at.get(), id, seq, place++);
      switch (parts[0]) {
        case "run" -> ofRun(where, parts[2], fact, startedBy).ifPresent(entries::add);
        case "session" -> {} // what sessions ask for is in their run's journal
        default -> named(where, fact).ifPresent(entries::add);
      }
    }
    return entries;
  }

  /** Who started the run that this row begins; absent for all other rows. */
  static Optional<String> starter(JsonNode turn) {
    JsonNode first = turn.at("/facts/0");
    return first.path("fact").asText().equals("runStarted")
        ? Optional.of(first.path("startedBy").asText())
        : Optional.empty();
  }

  private record Place(String tenant, Instant at, String source, long seq, int place) {
    Entry entry(
        String run, String actor, String action, String target, String result, JsonNode fact) {
      return new Entry(
          tenant,
          at,
          source,
          seq,
          place,
          run,
          cut(actor),
          cut(action),
          cut(target),
          result,
          cut(fact.path("rule").asText()),
          detail(fact));
    }
  }

  private static Optional<Entry> ofRun(Place at, String run, JsonNode fact, String startedBy) {
    String name = fact.path("fact").asText();
    String session = fact.path("session").asText();
    String actor = session.isEmpty() ? startedBy : agent(session);
    return switch (name) {
      case "runStarted" -> {
        JsonNode workflow = fact.path("workflow");
        String target =
            workflow.path("namespace").asText() + "/" + workflow.path("name").asText();
        yield Optional.of(
            at.entry(run, fact.path("startedBy").asText(), "run.start", target, "done", fact));
      }
      case "callDispatched" ->
          Optional.of(
              at.entry(
                  run,
                  actor,
                  fact.path("kind").asText() + ".call",
                  fact.path("target").asText(),
                  "done",
                  fact));
      case "callSettled" -> settled(at, run, actor, fact);
      case "toolRequested" ->
          Optional.of(
              at.entry(run, actor, "tool.allow", fact.path("tool").asText(), "done", fact));
      case "toolRefused" ->
          Optional.of(
              at.entry(run, actor, "tool.call", fact.path("tool").asText(), "refused", fact));
      case "approvalDecided" -> {
        JsonNode vote = fact.path("vote");
        yield Optional.of(
            at.entry(
                run,
                vote.path("by").asText(),
                "approval." + vote.path("decision").asText(),
                fact.path("approvalId").asText(),
                "done",
                fact));
      }
      default -> {
        boolean told = fact.path("by").isTextual() || fact.path("rule").isTextual();
        yield told || BY_THE_RUN.contains(name)
            ? Optional.of(
                at.entry(
                    run,
                    fact.path("by").asText(actor),
                    dotted(name),
                    target(fact, run),
                    result(name),
                    fact))
            : Optional.empty();
      }
    };
  }

  /** A call that went well is told by its being sent. */
  private static Optional<Entry> settled(Place at, String run, String actor, JsonNode fact) {
    String outcome = fact.at("/outcome/outcome").asText();
    return outcome.equals("failed")
        ? Optional.of(
            at.entry(run, actor, "call.fail", fact.path("key").asText(), "failed", fact))
        : Optional.empty();
  }

  /** Facts of gates, and of whatever else names who did what. */
  private static Optional<Entry> named(Place at, JsonNode fact) {
    String actor = fact.path("actor").asText(fact.path("by").asText());
    if (actor.isEmpty()) {
      return Optional.empty();
    }
    String name = fact.path("fact").asText();
    return Optional.of(
        at.entry(
            fact.path("run").asText(),
            actor,
            fact.path("action").asText(dotted(name)),
            target(fact, at.source()),
            fact.path("result").asText(result(name)),
            fact));
  }

  private static String target(JsonNode fact, String otherwise) {
    for (String key : List.of("target", "approvalId", "key", "name", "tool")) {
      if (fact.path(key).isTextual()) {
        return fact.path(key).textValue();
      }
    }
    return otherwise;
  }

  private static String result(String name) {
    return name.endsWith("Refused") ? "refused" : name.endsWith("Faulted") ? "failed" : "done";
  }

  /** {@code runCancelled} is told as {@code run.cancelled}. */
  private static String dotted(String name) {
    return name.replaceFirst("(?<=[a-z])(?=[A-Z])", ".").toLowerCase(java.util.Locale.ROOT);
  }

  private static String agent(String session) {
    String[] parts = session.split("\\|", 3);
    return parts.length == 3 ? "agent:" + parts[1] : session;
  }

  /** The small plain values of a fact; arguments and results stay in the journal alone. */
  private static ObjectNode detail(JsonNode fact) {
    ObjectNode detail = Json.object();
    fact.properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (value.isTextual()) {
                detail.put(field.getKey(), cut(value.textValue()));
              } else if (value.isNumber() || value.isBoolean()) {
                detail.set(field.getKey(), value);
              }
            });
    for (String inner : List.of("detail", "vote", "workflow")) {
      if (fact.path(inner).isObject()) {
        detail.set(inner, fact.path(inner));
      }
    }
    if (fact.at("/outcome/detail").isTextual()) {
      detail.put("why", cut(fact.at("/outcome/detail").textValue()));
    }
    return detail;
  }

  private static Optional<Instant> time(String text) {
    try {
      // as PostgreSQL keeps it
      return Optional.of(Instant.parse(text).truncatedTo(ChronoUnit.MICROS));
    } catch (DateTimeParseException none) {
      return Optional.empty();
    }
  }

  private static String cut(String text) {
    String plain = text.replace('\0', '\ufffd');
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
  }
}
