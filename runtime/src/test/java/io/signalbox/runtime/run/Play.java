package io.signalbox.runtime.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.access.Principal;
import io.signalbox.protocol.access.RoleBook;
import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.approval.ApprovalPolicy;
import io.signalbox.protocol.approval.StandingGrant;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.guard.Guardrail;
import io.signalbox.protocol.policy.Policy;
import io.signalbox.protocol.quota.Curbs;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.run.RunCommand.Handling;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.RunView;
import io.signalbox.protocol.run.StartRun;
import io.signalbox.protocol.run.Turn;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.catalog.Authority;
import io.signalbox.runtime.catalog.Rulebook;
import io.signalbox.runtime.definition.DefinitionReader;
import io.signalbox.runtime.definition.Reading;
import io.signalbox.runtime.policy.CompiledPolicy;
import io.signalbox.runtime.policy.Policies;
import io.signalbox.runtime.taint.TaintPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A run played in memory: stimuli in, facts kept, time moved by hand.
 *
 * <p>Longer than 300 lines because all that a test can do to a run stands together.
 */
final class Play {
  static final String TAG = "00000000deadbeef";
  static final RunId RUN = new RunId("default", "r1");
  private static final DefinitionReader READER = new DefinitionReader();

  private final Definition definition;
  private Authority authority = Authority.BUILT_IN;
  private Interpreter interpreter = new Interpreter(Interpreter.Bounds.STANDARD);
  private final Map<String, ToolDefinition> tools = new HashMap<>();
  private final Map<String, AgentDefinition> agents = new HashMap<>();
  Curbs curbs = Curbs.NONE;
  private final Map<String, Guardrail> guardrails = new HashMap<>();
  private final Map<String, StandingGrant> grants = new HashMap<>();
  final List<Turn> turns = new ArrayList<>();
  final List<Effect> effects = new ArrayList<>();
  Instant now = Instant.parse("2026-01-01T00:00:00Z");
  RunState state = RunState.UNSTARTED;
  Optional<Refusal> refusal = Optional.empty();

  private Play(Definition definition) {
    this.definition = definition;
  }

  /** A workflow whose {@code do} list is the given YAML. */
  static Play of(String tasks) {
    String head =
        """
        document: { dsl: '1.0.3', namespace: default, name: play, version: '1.0.0' }
        do:
        """;
    return whole(head + tasks.indent(2));
  }

  static Play whole(String yaml) {
    return switch (READER.read(yaml)) {
      case Reading.Valid valid -> new Play(valid.definition());
      case Reading.Faulty faulty -> throw new AssertionError(faulty.faults().toString());
    };
  }

  Play tool(String name, OnUnknownOutcome policy, String... approvers) {
    return tool(name, Risk.WRITE, policy, approvers);
  }

  Play tool(String name, Risk risk, OnUnknownOutcome policy, String... approvers) {
    tools.put(
        name,
        new ToolDefinition(
            name,
            "builtin",
            name,
            Json.object(),
            Optional.empty(),
            risk,
            policy,
            Duration.ofSeconds(10),
            List.of(approvers),
            Json.object()));
    return this;
  }

  Play agent(String name, String... granted) {
    agents.put(
        name,
        new AgentDefinition(
            name,
            "role",
            "goal",
            "",
            "scripted/x",
            List.of(granted),
            Optional.empty(),
            AgentDefinition.Limits.STANDARD,
            Optional.empty()));
    return this;
  }

  Play guardrail(Guardrail guardrail) {
    guardrails.put(guardrail.name(), guardrail);
    return this;
  }

  /** A tool that asks as the policy says, and takes one number. */
  Play asking(String name, ApprovalPolicy policy, String... approvers) {
    tools.put(
        name,
        new ToolDefinition(
            name,
            "builtin",
            name,
            json(
                "{\"type\":\"object\",\"required\":[\"a\"],"
                    + "\"properties\":{\"a\":{\"type\":\"integer\",\"maximum\":100}}}"),
            Optional.empty(),
            Risk.WRITE,
            OnUnknownOutcome.ASK,
            Duration.ofSeconds(10),
            List.of(approvers),
            Json.object(),
            Optional.of(policy)));
    return this;
  }

  Play owned(String name, String owner, String... granted) {
    agents.put(
        name,
        new AgentDefinition(
            name,
            "role",
            "goal",
            "",
            "scripted/x",
            List.of(granted),
            Optional.empty(),
            AgentDefinition.Limits.STANDARD,
            Optional.empty(),
            Optional.of(owner)));
    return this;
  }

  Play grant(StandingGrant grant) {
    grants.put(grant.id(), grant);
    return this;
  }

  Play without(String tool) {
    tools.remove(tool);
    return this;
  }

  /** Under these policies. */
  Play policies(Policy... all) {
    authority =
        new Authority(
            RoleBook.BUILT_IN,
            new Policies(
                Stream.of(all)
                    .map(it -> CompiledPolicy.compile(it).policy().orElseThrow())
                    .toList()));
    return this;
  }

  Play bounds(Interpreter.Bounds bounds) {
    interpreter = new Interpreter(bounds);
    return this;
  }

  /** As though its listening had been written down before events came in more than one. */
  Play older() {
    List<Turn> now = List.copyOf(turns);
    turns.clear();
    state = RunState.UNSTARTED;
    for (Turn turn : now) {
      List<Fact> facts =
          turn.facts().stream()
              .map(
                  fact ->
                      fact instanceof Fact.ListenStarted f
                          ? new Fact.ListenStarted(
                              f.id(), f.task(), f.subscription(), f.filter(), Optional.empty())
                          : fact)
              .toList();
      Turn old = new Turn(turn.firstSeq(), turn.at(), "", facts, turn.status(), Optional.empty());
      turns.add(old);
      state = state.after(old);
    }
    return this;
  }

  Play start(String input) {
    return give(
        new Stimulus.Start(
            new StartRun(
                definition.ref(), definition.digest(), json(input), Map.of(), "user:ada", false),
            TAG));
  }

  Play give(Stimulus stimulus) {
    Rulebook rules =
        new Rulebook(1, tools, agents, grants, TaintPolicy.STANDARD, curbs, authority, guardrails);
    boolean unfinished = true;
    Stimulus next = stimulus;
    for (int i = 0; unfinished && i < 100; i++) {
      var decision = interpreter.decide(RUN, definition, rules, state, next, now);
      Visited.EVER.decided(next, state, decision);
      refusal = decision.refusal();
      if (!decision.facts().isEmpty()) {
        RunState before = state;
        RunState after = state;
        for (Fact fact : decision.facts()) {
          RunState then = after.after(fact, now);
          Visited.EVER.happened(fact, after, then);
          after = then;
        }
        turns.add(
            new Turn(
                before.nextSeq(),
                now,
                "",
                decision.facts(),
                Summaries.status(after),
                Optional.empty()));
        if (after.live().size() < 100 && !after.census().equals(Census.of(after.live()))) {
          throw new AssertionError("census differs after " + decision.facts());
        }
        state = after;
        effects.addAll(Effects.of(RUN, rules, decision.facts(), before, state));
      }
      unfinished = decision.unfinished();
      next = new Stimulus.Tick();
    }
    return this;
  }

  Play pass(Duration time) {
    now = now.plus(time);
    return give(new Stimulus.Tick());
  }

  Play crash() {
    RunState replayed = RunState.UNSTARTED;
    for (Turn turn : turns) {
      replayed = replayed.after(turn);
    }
    if (!replayed.equals(state)) {
      throw new AssertionError("replay differs:\n" + replayed + "\n" + state);
    }
    return give(new Stimulus.Recovered());
  }

  Play succeed(String key, int attempt, String result) {
    return give(
        new Stimulus.Performed(key, attempt, new Outcome.Succeeded(json(result), Usage.NONE)));
  }

  Play fail(String key, int attempt, String kind, int status) {
    return give(
        new Stimulus.Performed(
            key, attempt, new Outcome.Failed(kind, status, "because", Optional.empty())));
  }

  Play decide(String approval, String decision, String by, String... roles) {
    return give(
        new Stimulus.Decided(
            approval,
            decision,
            new Principal("default", by, Set.of(roles), false),
            Optional.of("fine")));
  }

  Play handle(String approval, Handling how, String by, String to, String... roles) {
    return give(
        new Stimulus.Handled(
            approval,
            how,
            new Principal("default", by, Set.of(roles), false),
            Optional.of(to).filter(it -> !it.isEmpty()),
            Optional.empty()));
  }

  /** Approves with other arguments, or bound to a hash. */
  Play edit(
      String approval, Optional<String> arguments, Optional<String> hash, String by, String role) {
    return give(
        new Stimulus.Decided(
            approval,
            "approve",
            new Principal("default", by, Set.of(role), false),
            Optional.of("fine"),
            arguments.map(Play::json),
            hash,
            Optional.empty()));
  }

  List<Perform> sent() {
    return effects.stream()
        .flatMap(
            e ->
                e instanceof Effect.Send s
                    ? Optional.of(s.perform()).stream()
                    : Optional.<Perform>empty().stream())
        .toList();
  }

  Perform lastSent() {
    return sent().getLast();
  }

  RunView view() {
    return Summaries.view(RUN, state, interpreter.bounds().limits().listed());
  }

  RunStatus status() {
    return Summaries.status(state);
  }

  JsonNode output() {
    return view().output().orElseThrow(() -> new AssertionError("no output: " + view()));
  }

  List<Fact> facts() {
    return turns.stream().flatMap(t -> t.facts().stream()).toList();
  }

  <T extends Fact> List<T> facts(Class<T> type) {
    return facts().stream().filter(type::isInstance).map(type::cast).toList();
  }

  static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
