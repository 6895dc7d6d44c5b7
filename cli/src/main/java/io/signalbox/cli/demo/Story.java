package io.signalbox.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.cli.Gateway;
import io.signalbox.cli.HistoryEvent;
import io.signalbox.cli.Json;
import io.signalbox.cli.Pause;
import io.signalbox.cli.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The demo's chapters, in order. */
final class Story {
  private static final String SECRET = "it-is-no-secret-in-the-sandbox";
  private static final Duration LONG = Duration.ofMinutes(2);

  private final Stage stage;
  private final Server server;
  private final Outside outside;
  private final Place place;
  private final Definitions definitions = new Definitions();

  Story(Stage stage, Server server, Outside outside, Place place) {
    this.stage = stage;
    this.server = server;
    this.outside = outside;
    this.place = place;
  }

  /** Tells it all; what was not as it must be is returned. */
  List<String> tell(Decision wanted) throws Trouble {
    stage.chapter("What is deployed");
    try (Gateway admin = server.open(place.adminKey())) {
      String model = definitions.deploy(admin);
      stage.good(
          "workflow compliance/pull-request-review, agent reviewer ("
              + model
              + "), tool internal.repository-info");
      String carol = key(admin);
      stage.good("a key for user:carol, role compliance-officer");

      stage.chapter("GitHub delivers a signed webhook: a pull request was opened");
      String run = deliver(admin);
      Follower follower = Follower.of(admin, run, stage);
      killDuringCall(follower);
      String approval = killWhileWaiting(admin, follower);
      Decision decision = decide(approval, carol, wanted);
      follower.await("the run's end", HistoryEvent::ends, LONG);

      return conclude(admin, run, follower.all(), decision, model);
    }
  }

  private static String key(Gateway admin) throws Trouble {
    ObjectNode order = Json.object().put("principal", "user:carol");
    order.putArray("roles").add("compliance-officer");
    return admin.post("/v1/keys", order).path("secret").asText();
  }

  private String deliver(Gateway admin) throws Trouble {
    outside.hold("jira", "create-issue");
    Delivery delivery = Delivery.of(definitions.payload(), SECRET);
    delivery.send(server.url());
    stage.good("delivery " + delivery.id() + " accepted");
    JsonNode second = delivery.send(server.url());
    stage.good(
        "the same delivery once more: "
            + (second.path("fresh").asBoolean()
                ? "taken for a new one"
                : "known already, acts once"));
    long until = System.nanoTime() + LONG.toNanos();
    while (System.nanoTime() < until) {
      JsonNode runs =
          admin
              .get("/v1/runs?workflow=pull-request-review&label=event%3D" + delivery.id())
              .path("items");
      if (!runs.isEmpty()) {
        stage.good("run " + runs.get(0).path("id").asText());
        return runs.get(0).path("id").asText();
      }
      Pause.of(Duration.ofMillis(100));
    }
    throw Trouble.here("the delivery started no run", "see the server's log");
  }

  private void killDuringCall(Follower follower) throws Trouble {
    outside.awaitHeld(LONG);
    follower.await(
        "the call to Jira",
        event -> event.type().equals("tool.called") && event.task().endsWith("/createIssue"),
        LONG);
    stage.chapter("Jira has made the ticket, its answer is still under way: the server is killed");
    server.kill();
    outside.drop();
    server.start();
    stage.note(
        "The call is unknown now. Jira is asked whether our marker is there, before anything is sent again.");
    follower.await(
        "the probe",
        event ->
            event.type().equals("tool.returned")
                && event.data().path("settledBy").asText().equals("probe"),
        LONG);
  }

  private String killWhileWaiting(Gateway admin, Follower follower) throws Trouble {
    HistoryEvent asked =
        follower.await("the approval", event -> event.type().equals("approval.requested"), LONG);
    String approval = asked.data().path("approvalId").asText();
    stage.chapter("The run waits for the compliance officer: the server is killed again");
    server.kill();
    server.start();
    JsonNode still = admin.get("/v1/approvals/" + approval);
    stage.good(
        "approval "
            + approval
            + " is still "
            + still.path("status").asText()
            + ": "
            + still.path("title").asText());
    return approval;
  }

  private Decision decide(String approval, String carol, Decision wanted) throws Trouble {
    stage.chapter("The decision");
    Decision decision = wanted.taken(stage);
    try (Gateway officer = server.open(carol)) {
      officer.post(
          "/v1/approvals/" + approval + "/decisions",
          Json.object().put("decision", decision.word()).put("reason", decision.reason()));
    }
    return decision;
  }

  private List<String> conclude(
      Gateway admin, String run, List<HistoryEvent> history, Decision decision, String model)
      throws Trouble {
    Report report = new Report(stage);
    stage.chapter("The run's history");
    report.history(history);
    JsonNode received = outside.received();
    stage.chapter("What the outside received");
    report.received(received);
    stage.chapter("What was repeated or probed");
    report.repeated(history);
    stage.chapter("What was real and what was not");
    report.pretended(outside, model);
    List<String> faults = new ArrayList<>();
    String status = admin.get("/v1/runs/" + run).path("status").asText();
    if (!status.equals("completed")) {
      faults.add("the run is " + status + " and not completed");
    }
    faults.addAll(Checks.effects(received, decision));
    faults.addAll(Checks.settledStaysSettled(history));
    faults.addAll(Checks.probed(history));
    return faults;
  }
}
