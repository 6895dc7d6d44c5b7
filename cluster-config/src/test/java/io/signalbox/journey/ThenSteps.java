package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How executions end, and what the outside has seen of them. */
final class ThenSteps {
  private ThenSteps() {}

  static void in(StepBook book) {
    book.on("the workflow should complete", (stage, _, _) -> is(stage, "completed"))
        .on("the workflow should be cancelled", (stage, _, _) -> is(stage, "cancelled"))
        .on("the workflow should fault", (stage, _, _) -> is(stage, "faulted"))
        .on(
            "the workflow should complete with output:",
            (stage, _, text) -> {
              is(stage, "completed");
              assertThat(stage.run().path("output")).isEqualTo(Client.yaml(text));
            })
        .on(
            "the workflow should fault with error:",
            (stage, _, text) -> {
              is(stage, "faulted");
              for (var wanted : Client.yaml(text).properties()) {
                assertThat(stage.run().path("error").path(wanted.getKey()))
                    .as(wanted.getKey())
                    .isEqualTo(wanted.getValue());
              }
            })
        .on(
            "the workflow should be (waiting|suspended|running)",
            (stage, groups, _) ->
                Eventually.get(
                    "the run is " + groups.group(1),
                    () -> stage.client.run(stage.id()),
                    run -> run.path("status").asText().equals(groups.group(1))))
        .on(
            "the workflow should take (at least|at most) (\\d+) milliseconds",
            (stage, groups, _) ->
                took(stage, groups.group(1), Duration.ofMillis(Long.parseLong(groups.group(2)))))
        .on(
            "the workflow should be refused at '([^']*)'",
            (stage, groups, _) ->
                assertThat(refusals(stage))
                    .anySatisfy(
                        error ->
                            assertThat(error.path("pointer").asText()).isEqualTo(groups.group(1))))
        .on(
            "the workflow should be refused at '([^']*)' because of '([^']+)'",
            (stage, groups, _) ->
                assertThat(refusals(stage))
                    .anySatisfy(
                        error -> {
                          assertThat(error.path("pointer").asText()).isEqualTo(groups.group(1));
                          assertThat(error.path("message").asText()).contains(groups.group(2));
                        }))
        .on(
            "the workflow(?: '([^']+)')? should have been executed (?:(at least) )?(\\d+) times?",
            (stage, groups, _) -> {
              String name = groups.group(1);
              JsonNode of = name == null ? stage.workflow() : stage.workflow(name);
              int wanted = Integer.parseInt(groups.group(3));
              List<JsonNode> runs =
                  Eventually.get("runs", () -> stage.runs(of), found -> found.size() >= wanted);
              if (groups.group(2) == null) {
                assertThat(runs).hasSize(wanted);
              }
            })
        .on(
            "the service '([^']+)' should have received (\\d+) requests?",
            (stage, groups, _) ->
                assertThat(stage.service(groups.group(1)).received())
                    .hasSize(Integer.parseInt(groups.group(2))))
        .on(
            "the service '([^']+)' should have received a request:",
            (stage, groups, text) -> {
              JsonNode wanted = Client.yaml(text);
              assertThat(stage.service(groups.group(1)).received())
                  .anyMatch(request -> Service.fits(wanted, request));
            });
  }

  private static void is(Stage stage, String status) throws Exception {
    assertThat(stage.ended().path("status").asText()).isEqualTo(status);
  }

  private static List<JsonNode> refusals(Stage stage) throws Exception {
    return stage.refusal().problem(422).path("errors").valueStream().toList();
  }

  private static void took(Stage stage, String bound, Duration length) throws Exception {
    JsonNode run = stage.ended();
    Duration took =
        Duration.between(
            Instant.parse(run.path("startedAt").asText()),
            Instant.parse(run.path("endedAt").asText()));
    if (bound.equals("at least")) {
      assertThat(took).isGreaterThanOrEqualTo(length);
    } else {
      assertThat(took).isLessThanOrEqualTo(length);
    }
  }
}
