package io.signalbox.runtime.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Turn;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads from a journal row what an auditor looks for: pure, so that the search view can be compared
 * with the journal at any time.
 */
final class Entries {
  private static final int LONGEST = 300;

  /** Facts that are told though they name nobody. */
  private static final Set<String> BY_THE_RUN =
      Set.of("callUnknown", "approvalRequested", "approvalExpired", "runFaulted");

  /** Facts that are never told, and are most of a journal. */
  static final Set<Class<? extends Fact>> QUIET =
      Set.of(
          Fact.TaskStarted.class,
          Fact.TaskEntered.class,
          Fact.TaskReturned.class,
          Fact.TaskCompleted.class,
          Fact.IterationStarted.class,
          Fact.ItemStarted.class,
          Fact.ItemCompleted.class,
          Fact.RunCompleted.class);

  private Entries() {}

  /**
   * What a run's row says.
   *
   * @param id persistence id: kind, tenant and the rest
   * @param startedBy who started the run
   */
  static List<Entry> ofRun(String id, long seq, Turn turn, String startedBy) {
    if (turn.copiedFrom().isPresent()) {
      return List.of();
    }
    String[] parts = id.split("\\|", 3);
    List<Entry> entries = new ArrayList<>();
    int place = 0;
    for (Fact fact : turn.facts()) {
      Place where = new Place(parts[1], stored(turn.at()), id, seq, place++);
      ofRun(where, parts[2], fact, startedBy).ifPresent(entries::add);
    }
    return entries;
  }

  /** What a row of another kind says: facts of gates, and of whatever else names who did what. */
  static List<Entry> ofOther(String id, long seq, JsonNode turn) {
    String[] parts = id.split("\\|", 3);
    Optional<Instant> at = time(turn.path("at").asText());
    if (parts.length < 2 || at.isEmpty() || parts[0].equals("session")) {
      return List.of(); // what sessions ask for is in their run's journal
    }
    List<Entry> entries = new ArrayList<>();
    int place = 0;
    for (JsonNode fact : turn.path("facts")) {
      named(new Place(parts[1], at.get(), id, seq, place++), fact).ifPresent(entries::add);
    }
    return entries;
  }

  private record Place(String tenant, Instant at, String source, long seq, int place) {
    Entry entry(String actor, String action, String target, String result, String rule) {
      return new Entry(
          tenant,
          at,
          source,
          seq,
          place,
          "",
          cut(actor),
          cut(action),
          cut(target),
          result,
          cut(rule));
    }

    Entry about(
        String run, String actor, String action, String target, String result, String rule) {
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
          cut(rule));
    }
  }

  /** Most facts of a run are told, or not told, without a look at their JSON. */
  private static Optional<Entry> ofRun(Place at, String run, Fact fact, String startedBy) {
    if (QUIET.contains(fact.getClass())
        || (fact instanceof Fact.CallSettled settled
            && !(settled.outcome() instanceof Outcome.Failed))) {
      return Optional.empty();
    }
    if (fact instanceof Fact.RunStarted start) {
      String target = start.workflow().namespace() + "/" + start.workflow().name();
      return Optional.of(at.entry(start.startedBy(), "run.start", target, "done", ""));
    }
    if (fact instanceof Fact.CallDispatched sent) {
      return Optional.of(
          at.entry(startedBy, sent.kind().text() + ".call", sent.target(), "done", ""));
    }
    return told(at, run, Json.tree(fact), startedBy);
  }

  /**
   * By the fact's JSON, so that a new kind of fact that names a person or a rule is found as well.
   */
  private static Optional<Entry> told(Place at, String run, JsonNode fact, String startedBy) {
    String name = fact.path("fact").asText();
    String session = fact.path("session").asText();
    String actor = session.isEmpty() ? startedBy : agent(session);
    String rule = fact.path("rule").asText();
    String tool = fact.path("tool").asText();
    return switch (name) {
      case "callSettled" ->
          Optional.of(at.entry(actor, "call.fail", fact.path("key").asText(), "failed", rule));
      case "toolRequested" -> Optional.of(at.entry(actor, "tool.allow", tool, "done", rule));
      case "toolRefused" -> Optional.of(at.entry(actor, "tool.call", tool, "refused", rule));
      case "approvalDecided" -> {
        JsonNode vote = fact.path("vote");
        String action = "approval." + vote.path("decision").asText();
        String approval = fact.path("approvalId").asText();
        yield Optional.of(at.entry(vote.path("by").asText(), action, approval, "done", rule));
      }
      default -> {
        boolean told = fact.path("by").isTextual() || !rule.isEmpty() || BY_THE_RUN.contains(name);
        String by = fact.path("by").asText(actor);
        yield told
            ? Optional.of(at.entry(by, dotted(name), target(fact, run), result(name), rule))
            : Optional.empty();
      }
    };
  }

  private static Optional<Entry> named(Place at, JsonNode fact) {
    String actor = fact.path("actor").asText(fact.path("by").asText());
    if (actor.isEmpty()) {
      return Optional.empty();
    }
    String name = fact.path("fact").asText();
    return Optional.of(
        at.about(
            fact.path("run").asText(),
            actor,
            fact.path("action").asText(dotted(name)),
            target(fact, at.source()),
            fact.path("result").asText(result(name)),
            fact.path("rule").asText()));
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
  static ObjectNode detail(JsonNode fact) {
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
      return Optional.of(stored(Instant.parse(text)));
    } catch (DateTimeParseException none) {
      return Optional.empty();
    }
  }

  /** As PostgreSQL keeps it. */
  private static Instant stored(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS);
  }

  private static String cut(String text) {
    String plain = text.replace('\0', '\ufffd');
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
  }
}
