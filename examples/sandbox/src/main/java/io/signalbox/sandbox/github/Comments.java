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

/** Comments on pull requests. As at GitHub, sending the same comment twice makes two. */
final class Comments {
  static final String KIND = "github.comment";

  private final Journal journal;

  Comments(Journal journal) {
    this.journal = journal;
  }

  Answer list(Match match) {
    String since = match.request().parameter("since").orElse("");
    List<JsonNode> found =
        journal.effects(KIND).stream()
            .map(Effect::data)
            .filter(comment -> comment.path("issue_url").asText().endsWith(issue(match)))
            .filter(comment -> comment.path("updated_at").asText().compareTo(since) >= 0)
            .toList();
    return Pages.answer(match.request(), found);
  }

  Answer create(Match match) {
    JsonNode body = match.request().json();
    if (body.isMissingNode()) {
      return Errors.of(400, "Problems parsing JSON");
    }
    if (!body.path("body").isTextual()) {
      return Errors.of(422, "Invalid request.\n\n\"body\" wasn't supplied.");
    }
    if (body.path("body").asText().isBlank()) {
      return Errors.invalid("IssueComment", "unprocessable", "data", "Body cannot be blank");
    }
    ObjectNode comment = comment(match, body.path("body").asText());
    return Answer.json(201, comment)
        .with("Location", comment.path("url").asText())
        .causing(new Effect(KIND, comment));
  }

  private ObjectNode comment(Match match, String text) {
    long id = 2_000_000_001L + journal.count();
    String base = match.request().base();
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    String repository = GitHub.repository(match);
    ObjectNode comment = Json.object();
    comment.put("id", id).put("node_id", "IC_sandbox" + id);
    comment.put("url", base + "/repos/" + repository + "/issues/comments/" + id);
    comment.put(
        "html_url",
        base + "/" + repository + "/pull/" + match.at("number") + "#issuecomment-" + id);
    comment.put("issue_url", base + "/repos" + issue(match)).put("body", text);
    comment.set("user", user());
    comment.put("created_at", now).put("updated_at", now).put("author_association", "MEMBER");
    return comment;
  }

  static ObjectNode user() {
    return Json.object().put("login", "signalbox-sandbox[bot]").put("id", 1).put("type", "Bot");
  }

  private static String issue(Match match) {
    return "/" + GitHub.repository(match) + "/issues/" + match.at("number");
  }
}
