package io.signalbox.runtime.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.Turn;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.run.WorkflowError;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run's turns as tests write them, a second apart and numbered on. */
final class Turns {
  static final RunId RUN = new RunId("default", "r1");
  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  static final JsonNode NOTHING = NullNode.getInstance();

  private final List<Turn> all = new ArrayList<>();
  private long seq = 1;

  Turns turn(RunStatus status, Fact... facts) {
    all.add(
        new Turn(seq, BEGIN.plusSeconds(all.size()), "", List.of(facts), status, Optional.empty()));
    for (Fact fact : facts) {
      seq += fact.width();
    }
    return this;
  }

  List<Turn> all() {
    return all;
  }

  RunProjection projected() {
    RunProjection run = RunProjection.none(RUN);
    for (Turn turn : all) {
      run = run.after(turn);
    }
    return run;
  }

  RunLine line() {
    return projected().line().orElseThrow();
  }

  /** What became of this approval. */
  ApprovalView approval(String id) {
    return Optional.ofNullable(projected().approvals().get(id)).orElseThrow();
  }

  static Fact started() {
    return new Fact.RunStarted(
        new WorkflowRef("shop", "order", "1.0.0"),
        "digest",
        Json.object().put("pet", "cat"),
        Optional.empty(),
        Map.of("team", "Blue"),
        "user:ada",
        false,
        Optional.empty(),
        Optional.empty());
  }

  static Fact task(long id, long parent, String pointer) {
    return new Fact.TaskStarted(
        id,
        parent,
        pointer,
        Fact.Shape.LEAF,
        Optional.of(Json.object().put("in", 1)),
        Optional.empty(),
        Optional.empty());
  }

  static Fact completed(long id, String pointer) {
    return new Fact.TaskCompleted(
        id, pointer, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static Fact called(long id, String pointer, String key, int attempt, CallKind kind) {
    Optional<ToolDefinition> tool =
        kind == CallKind.TOOL
            ? Optional.of(
                new ToolDefinition(
                    "jira.create",
                    "builtin",
                    "long",
                    NOTHING,
                    Optional.empty(),
                    Risk.WRITE,
                    OnUnknownOutcome.PROBE,
                    Duration.ofSeconds(5),
                    List.of(),
                    NOTHING))
            : Optional.empty();
    return new Fact.CallDispatched(
        id,
        pointer,
        key,
        attempt,
        kind,
        "target",
        NOTHING,
        tool,
        OnUnknownOutcome.PROBE,
        BEGIN.plusSeconds(60),
        Optional.empty(),
        Optional.empty());
  }

  static Fact settled(long id, String pointer, String key, Outcome outcome) {
    return new Fact.CallSettled(id, pointer, key, outcome, "answer");
  }

  static Outcome succeeded(long tokens) {
    return new Outcome.Succeeded(NOTHING, new Usage(1, tokens, tokens, tokens));
  }

  static Fact wanted(long id, long parent, String tool) {
    return new Fact.ToolRequested(
        id,
        parent,
        "/do/0/ask",
        new SessionId("default", "agent", "s1"),
        "call-1",
        tool,
        NOTHING,
        "agent lists it");
  }

  static Fact asked(long id, String pointer, String approval) {
    return new Fact.ApprovalRequested(
        id,
        pointer,
        approval,
        "Ship it?",
        NOTHING,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "user:ada",
        List.of("role:officer"),
        1,
        Optional.empty(),
        List.of(),
        List.of());
  }

  static Fact decided(long id, String pointer, String approval, String decision) {
    ApprovalView.Vote vote = new ApprovalView.Vote(decision, "user:bob", Optional.empty(), BEGIN);
    return new Fact.ApprovalDecided(id, pointer, approval, vote, true);
  }

  static WorkflowError error(String pointer) {
    return WorkflowError.standard("runtime", 500, "Broken", "it broke", pointer);
  }
}
