package io.signalbox.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.sandbox.Answer;
import io.signalbox.sandbox.Effect;
import io.signalbox.sandbox.Journal;
import io.signalbox.sandbox.Json;
import io.signalbox.sandbox.Routes.Match;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** Commit statuses; the newest of a context counts. */
final class Statuses {
  private static final String KIND = "github.status";
  private static final Set<String> STATES = Set.of("error", "failure", "pending", "success");

  private final Journal journal;
  private final PullRequests pulls;

  Statuses(Journal journal, PullRequests pulls) {
    this.journal = journal;
    this.pulls = pulls;
  }

  Answer list(Match match) {
    List<JsonNode> found =
        journal.effects(KIND).stream()
            .map(Effect::data)
            .filter(status -> status.path("url").asText().endsWith(place(match)))
            .toList()
            .reversed();
    return Pages.answer(match.request(), found);
  }

  Answer create(Match match) {
    JsonNode body = match.request().json();
    if (body.isMissingNode()) {
      return Errors.of(400, "Problems parsing JSON");
    }
    if (!STATES.contains(body.path("state").asText())) {
      return Errors.invalid("Status", "custom", "state", "state is not included in the list");
    }
    if (body.path("description").asText().length() > 140) {
      return Errors.invalid(
          "Status", "custom", "description", "description is too long (maximum is 140 characters)");
    }
    if (!pulls.knowsCommit(GitHub.repository(match), match.at("sha"))) {
      return Errors.of(422, "No commit found for SHA: " + match.at("sha"));
    }
    ObjectNode status = status(match, body);
    return Answer.json(201, status).causing(new Effect(KIND, status));
  }

  private ObjectNode status(Match match, JsonNode body) {
    long id = 3_000_000_001L + journal.count();
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    ObjectNode status = Json.object();
    status.put("url", match.request().base() + place(match)).put("id", id);
    status.put("node_id", "SC_sandbox" + id).put("state", body.path("state").asText());
    status.set("description", body.path("description"));
    status.set("target_url", body.path("target_url"));
    status.put("context", body.path("context").asText("default"));
    status.put("created_at", now).put("updated_at", now);
    status.set("creator", Comments.user());
    return status;
  }

  private static String place(Match match) {
    return "/repos/" + GitHub.repository(match) + "/statuses/" + match.at("sha");
  }
}
