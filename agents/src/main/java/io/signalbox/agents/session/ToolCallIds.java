package io.signalbox.agents.session;

import io.signalbox.protocol.agent.ModelAnswer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Our own ids for tool calls, since models repeat theirs or give none: unique within a message, the
 * same whenever they are made, and of nine letters and digits, which every provider takes back.
 */
final class ToolCallIds {
  private ToolCallIds() {}

  static ModelAnswer given(ModelAnswer answer, int modelCall) {
    return switch (answer) {
      case ModelAnswer.Text _, ModelAnswer.Failed _ -> answer;
      case ModelAnswer.ToolCalls none when none.calls().isEmpty() ->
          new ModelAnswer.Text(none.content(), none.metadata(), none.usage());
      case ModelAnswer.ToolCalls wanted ->
          new ModelAnswer.ToolCalls(
              wanted.content(),
              renamed(wanted.calls(), modelCall),
              wanted.metadata(),
              wanted.usage());
    };
  }

  private static List<ModelAnswer.Call> renamed(List<ModelAnswer.Call> calls, int modelCall) {
    return IntStream.range(0, calls.size())
        .mapToObj(
            i ->
                new ModelAnswer.Call(
                    "m%04dt%03d".formatted(modelCall, i + 1),
                    calls.get(i).tool(),
                    calls.get(i).arguments()))
        .toList();
  }

  /** Which of the calls of one model answer this is, from 1. */
  static int index(String id) {
    return Integer.parseInt(id.substring(id.indexOf('t') + 1));
  }
}
