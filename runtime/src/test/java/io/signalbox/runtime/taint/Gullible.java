package io.signalbox.runtime.taint;

import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.taint.Cases.Case;
import io.signalbox.runtime.taint.Cases.Step;
import io.signalbox.runtime.taint.Content.Trust;
import java.util.ArrayList;
import java.util.List;

/** Plays a case: does every step, reads what comes back, stops where it is held. */
final class Gullible {
  private Gullible() {}

  /**
   * What came of it.
   *
   * @param executed whether the last step of an attack was carried out
   */
  record Run(boolean executed, boolean held, String told) {}

  static Run play(Case it) {
    List<Content> read = new ArrayList<>(it.before());
    int number = 0;
    for (Step step : it.steps()) {
      ToolDefinition tool = it.tools().get(step.tool());
      if (tool == null) {
        throw new IllegalArgumentException(it.id() + " calls unknown tool " + step.tool());
      }
      Setting setting =
          new Setting(it.tasks(), it.standing(), read, List.copyOf(it.tools().values()));
      Finding found = Tracing.find(setting, new Wish(tool, step.arguments()));
      if (!found.clean()) {
        return new Run(false, true, step.tool() + " " + found.steered());
      }
      read.add(
          new Content(
              "tool " + tool.name() + " (call " + ++number + ")",
              tool.trust().trusted() ? Trust.TRUSTED : Trust.UNTRUSTED,
              tool.trust().trustedFields(),
              tool.trust().sensitive(),
              step.result(),
              step.arguments()));
    }
    return new Run(it.attack(), false, "");
  }
}
