package io.signalbox.runtime.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.agent.SessionFact;
import io.signalbox.protocol.agent.SessionTurn;
import io.signalbox.protocol.run.Usage;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The model calls an agent made for one message, as spans below the call that sent it. */
final class ModelSpans {
  private final Map<Integer, Span> calls = new HashMap<>();
  private final String key;
  private final Span agent;

  ModelSpans(String key, Span agent) {
    this.key = key;
    this.agent = agent;
  }

  void take(SessionTurn turn) {
    for (SessionFact fact : turn.facts()) {
      if (fact.key().equals(key)) {
        take(fact, turn.at());
      }
    }
  }

  private void take(SessionFact fact, Instant at) {
    switch (fact) {
      case SessionFact.ModelAsked it -> call(it.call(), at);
      case SessionFact.ModelReplied it -> replied(call(it.call(), at), it.answer(), at);
      case SessionFact.MessageReceived it -> agent.attributes().put("model", it.agent().model());
      case SessionFact.ToolSettled _, SessionFact.Replied _, SessionFact.Abandoned _ -> {}
    }
  }

  private Span call(int number, Instant at) {
    return calls.computeIfAbsent(
        number,
        _ -> {
          String name = agent.attributes().path("model").asText("model");
          return agent.child(new Span(key + "/" + number, "model", name, "", at));
        });
  }

  private static void replied(Span span, ModelAnswer answer, Instant at) {
    switch (answer) {
      case ModelAnswer.Text text -> end(span, text.metadata(), text.usage(), at);
      case ModelAnswer.ToolCalls wants -> {
        span.attributes().put("toolCalls", wants.calls().size());
        end(span, wants.metadata(), wants.usage(), at);
      }
      case ModelAnswer.Failed failed -> {
        span.attributes().put("error", failed.status() + ": " + failed.detail());
        span.end(at, "faulted");
      }
    }
  }

  private static void end(Span span, JsonNode metadata, Usage usage, Instant at) {
    span.attributes().set("metadata", metadata);
    span.drew(usage);
    span.end(at, "completed");
  }
}
