package io.signalbox.runtime.judge;

import io.signalbox.protocol.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a tool call may be made. Every call of every run passes here, in this order of
 * steps; the first refusal ends it, questions to people add up. Pure.
 */
public final class Judge {
  /**
   * The order is the promise of the architecture page: freeze, visibility, roles and policies,
   * argument schema, sensitive data, taint, budgets, approval. One line for each step.
   */
  private static final List<Step> STEPS = List.of(new Visibility(), new DeclaredApprovers());

  private Judge() {}

  /** The verdict over one call. */
  public static Verdict judge(Question question) {
    return judge(question, STEPS);
  }

  static Verdict judge(Question question, List<Step> steps) {
    Weighing weighing = new Weighing(question);
    for (Step step : steps) {
      weighing.hear(step.judge(question));
      if (weighing.refused.isPresent()) {
        break;
      }
    }
    return weighing.verdict();
  }

  private static final class Weighing {
    private final Question question;
    private final List<Opinion.Ask> asks = new ArrayList<>();
    private final List<Opinion.Note> notes = new ArrayList<>();
    private Optional<Opinion.Refuse> refused = Optional.empty();
    private Optional<String> allowing = Optional.empty();

    Weighing(Question question) {
      this.question = question;
    }

    void hear(Opinion opinion) {
      switch (opinion) {
        case Opinion.Silent _ -> {}
        case Opinion.Allow it -> allowing = Optional.of(it.rule());
        case Opinion.Refuse it -> refused = refused.or(() -> Optional.of(it));
        case Opinion.Ask it -> {
          if (!question.granted().contains(it.rule())) {
            asks.add(it);
          }
        }
        case Opinion.Note it -> notes.add(it);
        case Opinion.Many it -> it.all().forEach(this::hear);
      }
    }

    Verdict verdict() {
      Optional<ToolDefinition> tool = question.definition();
      if (refused.isPresent()) {
        return new Verdict.Refused(refused.get().rule(), refused.get().why(), notes);
      }
      if (tool.isEmpty() || allowing.isEmpty()) {
        // no step has allowed it: the default is no
        return new Verdict.Refused("default-deny", "no rule allows " + question.tool(), notes);
      }
      return asks.isEmpty()
          ? new Verdict.Allowed(allowing.get(), tool.get(), notes)
          : new Verdict.Held(asks.getFirst().rule(), tool.get(), asks, notes);
    }
  }
}
