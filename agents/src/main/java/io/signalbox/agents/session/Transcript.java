package io.signalbox.agents.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.agent.SessionFact;
import io.signalbox.protocol.agent.SessionView.Entry;
import io.signalbox.protocol.run.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Facts told as a conversation: the newest entries, long ones shortened. */
final class Transcript {
  static final int MOST_ENTRIES = 200;
  static final int LONGEST_ENTRY = 4_000;
  private static final int MOST_SHOWN = 100_000;

  private Transcript() {}

  static List<Entry> after(
      List<Entry> transcript, Exchange exchange, SessionFact fact, Instant at) {
    List<Entry> longer = new ArrayList<>(transcript);
    ObjectNode about = Json.object().put("key", fact.key());
    about.put("run", exchange.received().run().id());
    switch (fact) {
      case SessionFact.MessageReceived received ->
          longer.add(entry(at, "user", received.message(), Optional.empty(), about));
      case SessionFact.ModelReplied replied -> longer.addAll(said(replied.answer(), at, about));
      case SessionFact.ToolSettled settled ->
          longer.add(
              entry(
                  at,
                  "tool",
                  Words.of(settled.outcome()),
                  tool(exchange, settled.callId()),
                  about.put("callId", settled.callId())));
      case SessionFact.Replied(String _, Outcome.Failed failed) ->
          longer.add(
              entry(
                  at,
                  "agent",
                  failed.detail(),
                  Optional.empty(),
                  about.put("failed", true).put("status", failed.status())));
      case SessionFact.ModelAsked _, SessionFact.Replied _ -> {}
      case SessionFact.Abandoned _ ->
          longer.add(
              entry(
                  at,
                  "agent",
                  "given up by the run",
                  Optional.empty(),
                  about.put("failed", true).put("status", 409)));
    }
    return longer.subList(Math.max(0, longer.size() - MOST_ENTRIES), longer.size());
  }

  /** The newest entries that fit into one message between nodes. */
  static List<Entry> shown(List<Entry> transcript) {
    int size = 0;
    int from = transcript.size();
    while (from > 0) {
      Entry entry = transcript.get(from - 1);
      size += entry.content().length() + entry.metadata().toString().length();
      if (size > MOST_SHOWN) {
        break;
      }
      from--;
    }
    return transcript.subList(from, transcript.size());
  }

  private static List<Entry> said(ModelAnswer answer, Instant at, ObjectNode about) {
    return switch (answer) {
      case ModelAnswer.Text text ->
          List.of(
              entry(at, "agent", text.content(), Optional.empty(), merged(about, text.metadata())));
      case ModelAnswer.ToolCalls wanted -> {
        List<Entry> entries = new ArrayList<>();
        JsonNode metadata = merged(about, wanted.metadata());
        if (!wanted.content().isBlank()) {
          entries.add(entry(at, "agent", wanted.content(), Optional.empty(), metadata));
        }
        for (ModelAnswer.Call call : wanted.calls()) {
          ObjectNode named = metadata.<ObjectNode>deepCopy().put("callId", call.id());
          Optional<String> tool = Optional.of(call.tool());
          entries.add(entry(at, "agent", call.arguments().toString(), tool, named));
        }
        yield entries;
      }
      case ModelAnswer.Failed _ -> List.of(); // told by the Replied that follows
    };
  }

  private static Optional<String> tool(Exchange exchange, String callId) {
    return exchange.calls().stream()
        .filter(call -> call.id().equals(callId))
        .map(ModelAnswer.Call::tool)
        .findFirst();
  }

  private static ObjectNode merged(ObjectNode about, JsonNode metadata) {
    ObjectNode merged = about.deepCopy();
    metadata.properties().forEach(e -> merged.set(e.getKey(), e.getValue()));
    return merged;
  }

  private static Entry entry(
      Instant at, String role, String content, Optional<String> tool, JsonNode metadata) {
    return new Entry(at, role, Words.cut(content, LONGEST_ENTRY), tool, metadata);
  }
}
