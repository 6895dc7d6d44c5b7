package io.signalbox.agents.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.agents.session.OutputCheck.Verdict;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.agent.SessionFact;
import io.signalbox.protocol.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Message, model, tools, model again, reply: decides what happens next in a session and does none
 * of it. After what came in is noted, the rest of a turn follows from the state alone.
 */
record SessionLoop(int maxQueue) {
  static final int MOST_CALLS_AT_ONCE = 32;

  /** What to store, and what to say without storing anything. */
  record Decision(List<SessionFact> facts, List<SessionEffect> effects) {
    static final Decision NOTHING = new Decision(List.of(), List.of());
  }

  Decision converse(SessionState state, SessionCommand.Converse message, Instant at) {
    Optional<SessionState.Answered> known = state.answered(message.key());
    if (known.isPresent()) {
      return say(
          new SessionEffect.Answer(
              message.run(), message.key(), message.attempt(), known.get().outcome()));
    }
    if (state.open(message.key()).isPresent()) {
      return Decision.NOTHING;
    }
    if (state.open().size() > maxQueue) {
      Outcome full =
          new Outcome.Failed(
              "communication",
              503,
              maxQueue + " messages already wait in session " + state.id().session(),
              Optional.of(Duration.ofSeconds(5)));
      return say(new SessionEffect.Answer(message.run(), message.key(), message.attempt(), full));
    }
    return goOn(
        state,
        at,
        new SessionFact.MessageReceived(
            message.key(),
            message.run(),
            message.attempt(),
            message.agent(),
            message.tools(),
            message.message(),
            message.data(),
            message.claimed(),
            message.vouched(),
            message.guards(),
            message.origin()));
  }

  Decision modelReplied(SessionState state, SessionCommand.ModelReplied reply, Instant at) {
    boolean awaited =
        state
            .active()
            .filter(exchange -> exchange.key().equals(reply.key()))
            .filter(exchange -> exchange.awaitsModel() && exchange.asked() == reply.call())
            .isPresent();
    return awaited
        ? goOn(
            state,
            at,
            new SessionFact.ModelReplied(
                reply.key(), reply.call(), ToolCallIds.given(reply.answer(), reply.call())))
        : Decision.NOTHING;
  }

  Decision toolSettled(SessionState state, SessionCommand.ToolSettled settled, Instant at) {
    boolean awaited =
        state.active().filter(exchange -> exchange.key().equals(settled.key())).stream()
            .flatMap(exchange -> exchange.pending().stream())
            .anyMatch(call -> call.id().equals(settled.callId()));
    return awaited
        ? goOn(
            state,
            at,
            new SessionFact.ToolSettled(settled.key(), settled.callId(), settled.outcome()))
        : Decision.NOTHING;
  }

  Decision abandon(SessionState state, SessionCommand.Abandon abandon, Instant at) {
    return state.open(abandon.key()).isPresent()
        ? goOn(state, at, new SessionFact.Abandoned(abandon.key()))
        : Decision.NOTHING;
  }

  private static Decision say(SessionEffect effect) {
    return new Decision(List.of(), List.of(effect));
  }

  private static Decision goOn(SessionState state, Instant at, SessionFact first) {
    List<SessionFact> facts = new ArrayList<>(List.of(first));
    SessionState now = state.after(first, at);
    for (Optional<SessionFact> next = next(now); next.isPresent(); next = next(now)) {
      facts.add(next.get());
      now = now.after(next.get(), at);
    }
    return new Decision(List.copyOf(facts), Effects.of(now, facts));
  }

  /** The fact that follows from the state by itself; none while the outside is awaited. */
  private static Optional<SessionFact> next(SessionState state) {
    return state.active().filter(exchange -> !exchange.awaitsModel()).flatMap(SessionLoop::next);
  }

  private static Optional<SessionFact> next(Exchange exchange) {
    List<ModelAnswer.Call> pending = exchange.pending();
    if (!pending.isEmpty()) {
      return pending.stream().flatMap(call -> impossible(exchange, call).stream()).findFirst();
    }
    return Optional.of(
        exchange.lastAnswer().map(reply -> follow(exchange, reply)).orElseGet(() -> ask(exchange)));
  }

  private static SessionFact follow(Exchange exchange, SessionFact.ModelReplied reply) {
    return switch (reply.answer()) {
      case ModelAnswer.ToolCalls _ -> ask(exchange);
      case ModelAnswer.Failed failed ->
          new SessionFact.Replied(
              exchange.key(),
              new Outcome.Failed(
                  kind(failed.status()),
                  failed.status(),
                  failed.detail(),
                  failed.retryAfter(),
                  Optional.empty(),
                  failed.limited()));
      case ModelAnswer.Text text -> conclude(exchange, text);
    };
  }

  private static SessionFact conclude(Exchange exchange, ModelAnswer.Text text) {
    AgentDefinition agent = exchange.received().agent();
    Optional<Outcome> withheld = GuardedTalk.withheld(text);
    if (withheld.isPresent()) {
      return new SessionFact.Replied(exchange.key(), withheld.get());
    }
    return switch (OutputCheck.check(agent.outputSchema(), text.content())) {
      case Verdict.Fits fits -> reply(exchange, text, fits.data());
      case Verdict.Faulty _ when exchange.texts() == 1 && mayAsk(exchange) -> ask(exchange);
      case Verdict.Faulty faulty ->
          fail(
              exchange,
              "validation",
              422,
              "the agent's reply does not satisfy its output schema: "
                  + String.join("; ", faulty.faults()),
              Optional.empty());
    };
  }

  private static boolean mayAsk(Exchange exchange) {
    return exchange.asked() < exchange.received().agent().limits().modelCalls();
  }

  private static SessionFact ask(Exchange exchange) {
    return mayAsk(exchange)
        ? new SessionFact.ModelAsked(exchange.key(), exchange.asked() + 1)
        : fail(
            exchange,
            "runtime",
            500,
            "no final reply within %d model calls, the agent's limit for a message"
                .formatted(exchange.asked()),
            Optional.empty());
  }

  private static SessionFact reply(
      Exchange exchange, ModelAnswer.Text text, Optional<JsonNode> data) {
    ObjectNode result = Json.object().put("message", text.content());
    data.ifPresent(value -> result.set("data", value));
    result.set("metadata", text.metadata());
    result.put("toolCalls", exchange.calls().size());
    return new SessionFact.Replied(exchange.key(), new Outcome.Succeeded(result, exchange.usage()));
  }

  private static SessionFact fail(
      Exchange exchange, String kind, int status, String detail, Optional<Duration> retryAfter) {
    return new SessionFact.Replied(
        exchange.key(), new Outcome.Failed(kind, status, detail, retryAfter));
  }

  private static String kind(int status) {
    return switch (status) {
      case 401 -> "authentication";
      case 403 -> "authorization";
      case 422 -> "validation";
      default -> "communication";
    };
  }

  /** Calls that need not trouble the run: they are answered here. */
  private static Optional<SessionFact> impossible(Exchange exchange, ModelAnswer.Call call) {
    if (!call.arguments().isObject()) {
      return Optional.of(refuse(exchange, call, "the arguments are not a JSON object"));
    }
    return ToolCallIds.index(call.id()) > MOST_CALLS_AT_ONCE
        ? Optional.of(refuse(exchange, call, "at most " + MOST_CALLS_AT_ONCE + " calls at once"))
        : Optional.empty();
  }

  private static SessionFact refuse(Exchange exchange, ModelAnswer.Call call, String why) {
    return new SessionFact.ToolSettled(
        exchange.key(), call.id(), new Outcome.Failed("validation", 422, why, Optional.empty()));
  }
}
