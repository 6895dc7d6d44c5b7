package io.signalbox.agents.session;

import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.agent.SessionFact;
import io.signalbox.protocol.agent.SessionFact.MessageReceived;
import io.signalbox.protocol.agent.SessionFact.ModelReplied;
import io.signalbox.protocol.agent.SessionFact.ToolSettled;
import io.signalbox.protocol.run.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One message being answered: what was asked, and what model and tools have said since.
 *
 * @param asked number of model calls begun
 * @param steps the facts {@code ModelReplied} and {@code ToolSettled} in order
 */
record Exchange(MessageReceived received, int asked, List<SessionFact> steps) {
  Exchange {
    steps = List.copyOf(steps);
  }

  static Exchange of(MessageReceived received) {
    return new Exchange(received, 0, List.of());
  }

  String key() {
    return received.key();
  }

  /** With the message in its place, once its value is at hand. */
  Exchange spelt() {
    return new Exchange(received.spelt(), asked, steps);
  }

  Exchange asking(int call) {
    return new Exchange(received, call, steps);
  }

  Exchange with(SessionFact step) {
    List<SessionFact> longer = new ArrayList<>(steps);
    longer.add(step);
    return new Exchange(received, asked, longer);
  }

  boolean awaitsModel() {
    return asked > answers().count();
  }

  Optional<ModelReplied> lastAnswer() {
    return answers().reduce((_, last) -> last);
  }

  Stream<ModelReplied> answers() {
    return steps.stream().filter(ModelReplied.class::isInstance).map(ModelReplied.class::cast);
  }

  /** Every tool call the model asked for, in order. */
  List<ModelAnswer.Call> calls() {
    return answers()
        .map(ModelReplied::answer)
        .filter(ModelAnswer.ToolCalls.class::isInstance)
        .flatMap(answer -> ((ModelAnswer.ToolCalls) answer).calls().stream())
        .toList();
  }

  /** Tool calls that have not settled yet. */
  List<ModelAnswer.Call> pending() {
    List<String> settled =
        steps.stream()
            .filter(ToolSettled.class::isInstance)
            .map(step -> ((ToolSettled) step).callId())
            .toList();
    return calls().stream().filter(call -> !settled.contains(call.id())).toList();
  }

  /** How many texts were sent back to the model, since this is only looked at before replying. */
  long texts() {
    return answers().filter(reply -> reply.answer() instanceof ModelAnswer.Text).count();
  }

  Usage usage() {
    return answers().map(reply -> usage(reply.answer())).reduce(Usage.NONE, Usage::plus);
  }

  static Usage usage(ModelAnswer answer) {
    return switch (answer) {
      case ModelAnswer.Text text -> text.usage();
      case ModelAnswer.ToolCalls calls -> calls.usage();
      case ModelAnswer.Failed _ -> Usage.NONE;
    };
  }
}
