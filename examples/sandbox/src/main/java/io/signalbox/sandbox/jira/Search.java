package io.signalbox.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.sandbox.Answer;
import io.signalbox.sandbox.Json;
import io.signalbox.sandbox.Routes.Match;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Jira's enhanced search: an issue shows only its id unless fields are asked for. */
final class Search {
  private final Issues issues;

  Search(Issues issues) {
    this.issues = issues;
  }

  Answer byQuery(Match match) {
    String fields = match.request().parameter("fields").orElse("id");
    return search(
        match.request().parameter("jql").orElse(""),
        Set.of(fields.split(",")),
        match.request().number("maxResults", 50, 5000),
        match.request().parameter("nextPageToken").orElse(""));
  }

  Answer byBody(Match match) {
    JsonNode body = match.request().json();
    Set<String> fields = new TreeSet<>();
    body.path("fields").forEach(field -> fields.add(field.asText()));
    return search(
        body.path("jql").asText(),
        fields,
        Math.clamp(body.path("maxResults").asInt(50), 1, 5000),
        body.path("nextPageToken").asText());
  }

  static Answer removed() {
    return Errors.message(
        410,
        "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A"
            + " full migration guideline is available at"
            + " https://developer.atlassian.com/changelog/#CHANGE-2046");
  }

  private Answer search(String text, Set<String> fields, int most, String token) {
    Jql jql;
    try {
      jql = Jql.parse(text);
    } catch (Jql.Refused refused) {
      return Errors.message(400, String.valueOf(refused.getMessage()));
    }
    int from = token.matches("[0-9]{1,6}") ? Integer.parseInt(token) : 0;
    List<Issue> found = issues.all().stream().filter(jql::holds).toList();
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("issues");
    found.stream().skip(from).limit(most).forEach(issue -> list.add(shown(issue, fields)));
    boolean last = from + most >= found.size();
    body.put("isLast", last);
    if (!last) {
      body.put("nextPageToken", Integer.toString(from + most));
    }
    return Answer.json(200, body);
  }

  private static ObjectNode shown(Issue issue, Set<String> fields) {
    ObjectNode full = issue.json();
    ObjectNode shown = Json.object().put("id", issue.id());
    if (fields.isEmpty() || fields.equals(Set.of("id"))) {
      return shown;
    }
    shown.put("key", issue.key()).set("self", full.path("self"));
    ObjectNode some = shown.putObject("fields");
    boolean all = fields.contains("*all") || fields.contains("*navigable");
    full.path("fields")
        .properties()
        .forEach(
            field -> {
              if (all || fields.contains(field.getKey())) {
                some.set(field.getKey(), field.getValue());
              }
            });
    return shown;
  }
}
