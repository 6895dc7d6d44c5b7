package io.signalbox.agents.hands;

import static io.signalbox.agents.hands.Workbench.failure;
import static io.signalbox.agents.hands.Workbench.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.agents.Watches;
import io.signalbox.agents.hands.BrokenStandIn.Manner;
import io.signalbox.agents.hands.fuse.Fuses;
import io.signalbox.agents.hands.quota.Accounts;
import io.signalbox.agents.hands.quota.QuotaPatience;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.tool.ToolDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class HandsTest {
  private static final ActorTestKit KIT = ActorTestKit.create();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static Fuses fuses(HandsSettings settings) {
    return new Fuses(settings.fuse(), KIT.system().classicSystem().scheduler());
  }

  @Test
  void theAnswerGoesToTheRunWithTheSameKeyAndAttempt() {
    var settings = Workbench.settings("", Optional.empty());
    var run = KIT.createTestProbe(RunCommand.class);
    var hands =
        KIT.spawn(
            Hands.create(
                settings,
                (_, command) -> run.ref().tell(command),
                uncounted(),
                Watches.standard(),
                fuses(settings)));
    hands.tell(call(find(settings, "echo"), "{\"a\": 1}", 3));
    var performed = run.expectMessageClass(RunCommand.Performed.class);
    assertThat(performed.key()).isEqualTo("r1-7");
    assertThat(performed.attempt()).isEqualTo(3);
    assertThat(Workbench.result(performed.outcome())).isEqualTo(json("{\"a\": 1}"));
  }

  @Test
  void beyondTheBoundACallIsAnsweredAtOnceWithATimeToComeBack() {
    var settings = Workbench.settings("max-in-flight = 1, http.timeout = 1s", Optional.empty());
    var run = KIT.createTestProbe(RunCommand.class);
    var hands =
        KIT.spawn(
            Hands.create(
                settings,
                (_, command) -> run.ref().tell(command),
                uncounted(),
                Watches.standard(),
                fuses(settings)));
    try (var server = BrokenStandIn.that(Manner.HANG)) {
      hands.tell(Workbench.httpOrder(PlainHttpTest.post(server.url())));
      hands.tell(Workbench.httpOrder(PlainHttpTest.post(server.url())));
      var refused = failure(run.expectMessageClass(RunCommand.Performed.class).outcome());
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.retryAfter()).isPresent();
      assertThat(run.expectMessageClass(RunCommand.Performed.class).outcome())
          .isInstanceOf(Outcome.Unknown.class);
    }
  }

  @Test
  void everyBuiltinDeclaresWhatItTakesAndRisks() {
    var builtins = Hands.builtins(Workbench.settings("", Optional.empty()));
    assertThat(builtins.stream().map(ToolDefinition::name))
        .containsExactlyInAnyOrder(
            "echo",
            "policy.scan",
            "github.get-pull-request",
            "github.list-files",
            "github.get-diff",
            "github.create-comment",
            "github.set-status",
            "jira.create-issue",
            "jira.add-comment",
            "jira.transition-issue",
            "slack.post-message",
            "slack.update-message");
    assertThat(builtins)
        .allSatisfy(
            tool -> {
              assertThat(tool.kind()).isEqualTo("builtin");
              assertThat(tool.parameters().path("type").asText()).isEqualTo("object");
              assertThat(tool.timeout()).isPositive();
              assertThat(tool.name().equals("echo") || tool.result().isPresent()).isTrue();
            });
  }

  @Test
  void argumentsThatDoNotFitAreAllNamedAndNothingIsSent() {
    try (var bench = Workbench.with("")) {
      var failed =
          failure(bench.call("github.set-status", "{\"owner\": \"o\", \"state\": \"fine\"}"));
      assertThat(failed.kind()).isEqualTo("validation");
      assertThat(failed.status()).isEqualTo(422);
      assertThat(failed.detail()).contains("/state", "repo", "sha", "context");
    }
  }

  private static ToolDefinition find(HandsSettings settings, String name) {
    List<ToolDefinition> all = Hands.builtins(settings);
    return all.stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  private static Perform call(ToolDefinition tool, String arguments, int attempt) {
    return new Perform(
        new RunId("default", "r1"),
        "r1-7",
        attempt,
        Perform.Mode.SEND,
        CallKind.TOOL,
        json(arguments),
        Optional.of(tool),
        Instant.now().plusSeconds(60));
  }

  /** No order here has a bill, so nobody is asked. */
  private static Accounts uncounted() {
    return new Accounts(
        (_, _, _) -> CompletableFuture.failedStage(new IllegalStateException("nobody is asked")),
        new QuotaPatience(Duration.ofSeconds(1), Duration.ofSeconds(1), 1),
        InstantSource.system());
  }
}
