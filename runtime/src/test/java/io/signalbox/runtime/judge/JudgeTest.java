package io.signalbox.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.Json;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.catalog.Rulebook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final Step ALLOWS = _ -> new Opinion.Allow("allowed");
  private static final Step REFUSES = _ -> new Opinion.Refuse("refused", "no");
  private static final Step ASKS = _ -> new Opinion.Ask("first", List.of("role:a"), "");
  private static final Step ASKS_TOO = _ -> new Opinion.Ask("second", List.of("role:b"), "");
  private static final Step NOTES = _ -> new Opinion.Note("trial", "would have refused");

  @Test
  void whatNoStepAllowsIsRefused() {
    assertThat(Judge.judge(question(Set.of()), List.of(NOTES)))
        .isInstanceOf(Verdict.Refused.class)
        .extracting(Verdict::rule)
        .isEqualTo("default-deny");
  }

  @Test
  void refusalBeatsAllowingInWhateverOrder() {
    assertThat(Judge.judge(question(Set.of()), List.of(ALLOWS, REFUSES)).rule())
        .isEqualTo("refused");
    assertThat(Judge.judge(question(Set.of()), List.of(REFUSES, ALLOWS)).rule())
        .isEqualTo("refused");
  }

  @Test
  void questionsAddUpAndThoseAnsweredAreNotAskedAgain() {
    List<Step> steps = List.of(ALLOWS, ASKS, NOTES, ASKS_TOO);
    Verdict.Held held = (Verdict.Held) Judge.judge(question(Set.of()), steps);
    assertThat(held.rule()).isEqualTo("first");
    assertThat(held.approvers()).containsExactly("role:a", "role:b");
    assertThat(held.notes()).containsExactly(new Opinion.Note("trial", "would have refused"));
    assertThat(Judge.judge(question(Set.of("first")), steps).rule()).isEqualTo("second");
    assertThat(Judge.judge(question(Set.of("first", "second")), steps))
        .isInstanceOf(Verdict.Allowed.class);
  }

  private static Question question(Set<String> granted) {
    ToolDefinition tool =
        new ToolDefinition(
            "t",
            "builtin",
            "t",
            Json.object(),
            Optional.empty(),
            Risk.READ,
            OnUnknownOutcome.IDEMPOTENT,
            Duration.ofSeconds(1),
            List.of(),
            Json.object());
    return new Question(
        new Rulebook(1, Map.of("t", tool), Map.of()),
        new Question.Asker.Workflow(),
        new Question.Run(
            "r", new WorkflowRef("default", "w", "1.0.0"), "user:ada", Map.of(), Usage.NONE),
        "t",
        Json.object(),
        granted,
        Instant.EPOCH);
  }
}
