package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Recalled;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.protocol.tool.ToolTaint;
import io.signalbox.runtime.taint.Content;
import io.signalbox.runtime.taint.Content.Trust;
import io.signalbox.runtime.taint.Setting;
import io.signalbox.runtime.taint.Vouched;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an agent that the run has called goes by: its task, what it is, what it has read. */
final class Sources {
  /** Where an agent call's arguments say which part of the message somebody trusted wrote. */
  static final String VOUCHED = "vouched";

  private Sources() {}

  /** The arguments of an agent call, with what is vouched for where that is not all. */
  static JsonNode vouched(Deciding turn, Activation caller, JsonNode with) {
    if (!with.isObject()) {
      return with;
    }
    // nobody vouches for himself
    ObjectNode said = with.deepCopy();
    said.remove(VOUCHED);
    Vouched message = message(turn, caller, said);
    return message.rest().isBlank() ? said : said.put(VOUCHED, message.own());
  }

  static Setting of(Deciding turn, Activation caller, Work.Calling call, Stimulus.ToolWanted want) {
    AgentDefinition agent = turn.rules.agents().get(call.target());
    List<String> standing =
        agent == null ? List.of() : List.of(agent.role(), agent.goal(), agent.instructions());
    List<Content> read = new ArrayList<>();
    List<String> tasks = new ArrayList<>();
    for (Recalled it : want.memory().orElse(List.of())) {
      tasks.add(it.said());
      if (!it.rest().isBlank()) {
        read.add(content("an earlier message of the conversation", Json.tree(it.rest())));
      }
      read.add(content("the agent's own earlier words", Json.tree(it.reply())));
    }
    Vouched message = message(turn, caller, call.arguments());
    tasks.add(message.own());
    if (!message.rest().isBlank()) {
      read.add(content("message from the workflow", Json.tree(message.rest())));
    }
    JsonNode data = call.arguments().path("data");
    if (!data.isMissingNode() && !data.isNull() && !data.isEmpty()) {
      read.add(content("data given with the message", data));
    }
    int number = 0;
    for (long id : caller.children()) {
      Activation child = turn.state().get(id);
      number++;
      if (child.asked().isPresent() && child.work() instanceof Work.Returned done) {
        read.add(result(turn, child.asked().get(), done.outcome(), number));
      }
    }
    List<ToolDefinition> tools =
        agent == null
            ? List.of()
            : agent.tools().stream()
                .flatMap(it -> Optional.ofNullable(turn.rules.tools().get(it)).stream())
                .toList();
    return new Setting(tasks, standing, read, tools);
  }

  /** The part of the message that the workflow's author or the one who started the run wrote. */
  private static Vouched message(Deciding turn, Activation caller, JsonNode arguments) {
    String message = arguments.path("message").asText();
    if (arguments.has(VOUCHED)) {
      return new Vouched(arguments.path(VOUCHED).asText(), message);
    }
    List<String> vouchers = new ArrayList<>();
    Optional.ofNullable(turn.definition.steps().get(caller.task()))
        .ifPresent(step -> texts(step.source(), vouchers));
    turn.state()
        .begun()
        .filter(Sources::byPerson)
        .ifPresent(begun -> texts(begun.input(), vouchers));
    return Vouched.of(message, vouchers);
  }

  /** Events and other runs bring in what nobody here vouches for. */
  private static boolean byPerson(Begun begun) {
    return begun.parent().isEmpty() && !begun.startedBy().startsWith("event");
  }

  private static void texts(JsonNode node, List<String> into) {
    if (node.isTextual()) {
      into.add(node.textValue());
    } else {
      node.forEach(it -> texts(it, into));
    }
  }

  private static Content result(
      Deciding turn, Activation.Asked asked, Outcome outcome, int number) {
    ToolTaint declared =
        Optional.ofNullable(turn.rules.tools().get(asked.tool()))
            .map(ToolDefinition::trust)
            .orElse(ToolTaint.NONE);
    JsonNode value =
        switch (outcome) {
          case Outcome.Succeeded ok -> ok.result();
          case Outcome.Failed f -> Json.tree(f.detail());
          case Outcome.Unknown u -> Json.tree(u.detail());
          case Outcome.Absent _ -> NullNode.getInstance();
        };
    return new Content(
        "tool %s (call %d)".formatted(asked.tool(), number),
        declared.trusted() ? Trust.TRUSTED : Trust.UNTRUSTED,
        declared.trustedFields(),
        declared.sensitive(),
        value,
        asked.arguments());
  }

  private static Content content(String source, JsonNode value) {
    return new Content(source, Trust.UNTRUSTED, List.of(), false, value, NullNode.getInstance());
  }
}
