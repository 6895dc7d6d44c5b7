package io.signalbox.agents.session;

import io.signalbox.protocol.agent.SessionFact;
import java.util.List;
import java.util.stream.Stream;

/** What facts bring about in the outside, and what must be brought about again after a restart. */
final class Effects {
  private Effects() {}

  static List<SessionEffect> of(SessionState after, List<SessionFact> facts) {
    Stream<SessionEffect> told = facts.stream().flatMap(fact -> told(after, fact));
    boolean asks = facts.stream().anyMatch(SessionFact.ModelAsked.class::isInstance);
    boolean wants = facts.stream().anyMatch(SessionFact.ModelReplied.class::isInstance);
    return Stream.concat(told, asks || wants ? inFlight(after).stream() : Stream.empty()).toList();
  }

  private static Stream<SessionEffect> told(SessionState after, SessionFact fact) {
    return switch (fact) {
      case SessionFact.Replied replied ->
          after
              .answered(replied.key())
              .map(it -> new SessionEffect.Answer(it.run(), it.key(), it.attempt(), it.outcome()))
              .<SessionEffect>map(answer -> answer)
              .stream();
      case SessionFact.Abandoned abandoned -> Stream.of(new SessionEffect.GiveUp(abandoned.key()));
      case SessionFact.MessageReceived _,
          SessionFact.ModelAsked _,
          SessionFact.ModelReplied _,
          SessionFact.ToolSettled _ ->
          Stream.empty();
    };
  }

  /** The model call or the tool calls the session waits for. */
  static List<SessionEffect> inFlight(SessionState state) {
    return state.active().stream().flatMap(Effects::inFlight).toList();
  }

  private static Stream<SessionEffect> inFlight(Exchange exchange) {
    return exchange.awaitsModel()
        ? Stream.of(new SessionEffect.AskModel(exchange.key(), exchange.asked()))
        : exchange.pending().stream()
            .map(
                call ->
                    new SessionEffect.RequestTool(exchange.received().run(), exchange.key(), call));
  }
}
