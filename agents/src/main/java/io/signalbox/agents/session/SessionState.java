package io.signalbox.agents.session;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.agent.SessionFact;
import io.signalbox.protocol.agent.SessionTurn;
import io.signalbox.protocol.agent.SessionView;
import io.signalbox.protocol.journal.JournalRow;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Recalled;
import io.signalbox.protocol.run.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An agent's session as its journal tells it. Everything in it is bounded.
 *
 * @param digest of the last journal row; empty text before the first
 * @param open messages not answered yet, the one being worked on first
 * @param answered the newest answers, so that a repeated question is answered again
 * @param memory what was said in earlier messages, as the model will be reminded of it
 */
record SessionState(
    SessionId id,
    String digest,
    List<Exchange> open,
    List<Answered> answered,
    List<Remembered> memory,
    List<SessionView.Entry> transcript,
    Usage usage) {
  static final int MOST_ANSWERED = 256;
  static final int MOST_REMEMBERED = 20;

  SessionState {
    open = List.copyOf(open);
    answered = List.copyOf(answered);
    memory = List.copyOf(memory);
    transcript = List.copyOf(transcript);
  }

  /** What a run was, or is still to be, told. */
  record Answered(String key, RunId run, int attempt, Outcome outcome) {}

  /** One earlier message and the agent's final words on it. */
  record Remembered(String message, String reply, Optional<String> vouched) {
    private static final int LONGEST = 1500;

    /** As the run is told of it, which judges what the agent asks for by it. */
    Recalled recalled() {
      return new Recalled(
          Words.cut(vouched.orElse(message), LONGEST),
          vouched.isPresent() ? Words.cut(message, LONGEST) : "",
          Words.cut(reply, LONGEST));
    }
  }

  /** What the agent is reminded of when it is asked. */
  Optional<List<Recalled>> recalled() {
    return memory.isEmpty()
        ? Optional.empty()
        : Optional.of(memory.stream().map(Remembered::recalled).toList());
  }

  static SessionState empty(SessionId id) {
    return new SessionState(id, "", List.of(), List.of(), List.of(), List.of(), Usage.NONE);
  }

  Optional<Exchange> active() {
    return open.stream().findFirst();
  }

  Optional<Exchange> open(String key) {
    return open.stream().filter(exchange -> exchange.key().equals(key)).findFirst();
  }

  Optional<Answered> answered(String key) {
    return answered.stream().filter(answer -> answer.key().equals(key)).findFirst();
  }

  boolean busy() {
    return !open.isEmpty();
  }

  SessionState after(JournalRow<SessionTurn> row) {
    SessionState state = this;
    for (SessionFact fact : row.turn().facts()) {
      state = state.after(fact, row.turn().at());
    }
    return new SessionState(
        id, row.digest(), state.open, state.answered, state.memory, state.transcript, state.usage);
  }

  /** One fact further; facts about messages that are not open change nothing. */
  SessionState after(SessionFact fact, Instant at) {
    SessionState noted =
        open(fact.key())
            .map(exchange -> withTranscript(Transcript.after(transcript, exchange, fact, at)))
            .orElse(this);
    return switch (fact) {
      case SessionFact.MessageReceived received ->
          withTranscript(Transcript.after(transcript, Exchange.of(received), fact, at))
              .withOpen(Stream.concat(open.stream(), Stream.of(Exchange.of(received))));
      case SessionFact.ModelAsked asked ->
          noted.replacing(asked.key(), exchange -> exchange.asking(asked.call()));
      case SessionFact.ModelReplied replied ->
          noted
              .replacing(replied.key(), exchange -> exchange.with(replied))
              .drawing(Exchange.usage(replied.answer()));
      case SessionFact.ToolSettled settled ->
          noted.replacing(settled.key(), exchange -> exchange.with(settled));
      case SessionFact.Replied replied -> noted.ending(replied.key(), replied.outcome());
      case SessionFact.Abandoned abandoned ->
          noted.ending(
              abandoned.key(),
              new Outcome.Failed("runtime", 409, "the run gave this up", Optional.empty()));
    };
  }

  private SessionState ending(String key, Outcome outcome) {
    Optional<Exchange> ended = open(key);
    if (ended.isEmpty()) {
      return this;
    }
    Exchange exchange = ended.get();
    var answer =
        new Answered(key, exchange.received().run(), exchange.received().attempt(), outcome);
    return new SessionState(
        id,
        digest,
        open.stream().filter(other -> !other.key().equals(key)).toList(),
        newest(answered, answer, MOST_ANSWERED),
        outcome instanceof Outcome.Succeeded done
            ? newest(memory, remembered(exchange, done), MOST_REMEMBERED)
            : memory,
        transcript,
        usage);
  }

  private static Remembered remembered(Exchange exchange, Outcome.Succeeded done) {
    return new Remembered(
        exchange.received().message(),
        done.result().path("message").asText(),
        exchange.received().vouched());
  }

  private SessionState replacing(String key, UnaryOperator<Exchange> change) {
    return withOpen(
        open.stream()
            .map(exchange -> exchange.key().equals(key) ? change.apply(exchange) : exchange));
  }

  private SessionState withOpen(Stream<Exchange> changed) {
    return new SessionState(id, digest, changed.toList(), answered, memory, transcript, usage);
  }

  private SessionState withTranscript(List<SessionView.Entry> longer) {
    return new SessionState(id, digest, open, answered, memory, longer, usage);
  }

  private SessionState drawing(Usage more) {
    return new SessionState(id, digest, open, answered, memory, transcript, usage.plus(more));
  }

  static <T> List<T> newest(List<T> list, T item, int most) {
    Stream<T> kept = list.stream().skip(Math.max(0, list.size() + 1 - most));
    return Stream.concat(kept, Stream.of(item)).toList();
  }
}
