package io.signalbox.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.sandbox.Answer;
import io.signalbox.sandbox.Effect;
import io.signalbox.sandbox.Routes.Match;
import java.util.Optional;

/** Making an issue. As at Jira, sending the same twice makes two. */
final class Creation {
  private final Issues issues;

  Creation(Issues issues) {
    this.issues = issues;
  }

  Answer create(Match match) {
    JsonNode body = match.request().json();
    if (body.isMissingNode()) {
      return Errors.message(
          400, "There was an error parsing JSON. Check that your request body is valid.");
    }
    return fault(body.path("fields")).orElseGet(() -> created(match, body));
  }

  private Answer created(Match match, JsonNode body) {
    JsonNode project = body.at("/fields/project");
    ObjectNode issue = issues.next(project.path("key").asText("SANDBOX"), match.request().base());
    Answer answer = Answer.json(201, issue.deepCopy());
    issue.set("fields", body.path("fields"));
    issue.set("properties", body.path("properties"));
    return answer.causing(new Effect(Issues.CREATED, issue));
  }

  private static Optional<Answer> fault(JsonNode fields) {
    JsonNode project = fields.path("project");
    if (!project.has("key") && !project.has("id")) {
      return Optional.of(Errors.field("project", "Specify a valid project ID or key"));
    }
    JsonNode type = fields.path("issuetype");
    if (!type.has("name") && !type.has("id")) {
      return Optional.of(Errors.field("issuetype", "Specify an issue type"));
    }
    return summaryFault(fields.path("summary").asText())
        .or(() -> labelFault(fields.path("labels")))
        .or(() -> descriptionFault(fields.path("description")));
  }

  private static Optional<Answer> summaryFault(String summary) {
    if (summary.isBlank()) {
      return Optional.of(Errors.field("summary", "You must specify a summary of the issue."));
    }
    if (summary.contains("\n")) {
      return Optional.of(
          Errors.field(
              "summary", "The summary is invalid because it contains newline characters."));
    }
    return summary.length() > 255
        ? Optional.of(Errors.field("summary", "Summary can't exceed 255 characters."))
        : Optional.empty();
  }

  private static Optional<Answer> labelFault(JsonNode labels) {
    for (JsonNode label : labels) {
      if (label.asText().contains(" ")) {
        return Optional.of(
            Errors.field(
                "labels", "The label '" + label.asText() + "' contains spaces which is invalid."));
      }
    }
    return Optional.empty();
  }

  private static Optional<Answer> descriptionFault(JsonNode description) {
    boolean fine = description.isMissingNode() || description.isNull() || isDocument(description);
    return fine
        ? Optional.empty()
        : Optional.of(
            Errors.field(
                "description",
                "Operation value must be an Atlassian Document (see the Atlassian Document"
                    + " Format)"));
  }

  /** Whether a value is an Atlassian Document. */
  static boolean isDocument(JsonNode value) {
    return value.path("type").asText().equals("doc")
        && value.path("version").asInt() == 1
        && value.path("content").isArray();
  }
}
