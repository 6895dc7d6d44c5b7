package io.signalbox.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.sandbox.Effect;
import io.signalbox.sandbox.Journal;
import io.signalbox.sandbox.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The issues, read from what was ever brought about. */
final class Issues {
  static final String CREATED = "jira.issue";
  static final String PROPERTY = "jira.property";
  static final String TRANSITION = "jira.transition";

  private final Journal journal;

  Issues(Journal journal) {
    this.journal = journal;
  }

  /** Newest first. */
  List<Issue> all() {
    return journal.effects(CREATED).stream().map(made -> issue(made.data())).toList().reversed();
  }

  Optional<Issue> find(String idOrKey) {
    return all().stream()
        .filter(issue -> issue.id().equals(idOrKey) || issue.key().equalsIgnoreCase(idOrKey))
        .findFirst();
  }

  ObjectNode next(String project, String base) {
    int number = journal.effects(CREATED).size() + 1;
    String id = Integer.toString(10000 + number);
    return Json.object()
        .put("id", id)
        .put("key", project + "-" + number)
        .put("self", base + "/rest/api/3/issue/" + id);
  }

  Effect property(Issue issue, String key, JsonNode value) {
    ObjectNode data = Json.object().put("issue", issue.key()).put("key", key);
    data.set("value", value);
    return new Effect(PROPERTY, data);
  }

  private Issue issue(JsonNode made) {
    String key = made.path("key").asText();
    Map<String, JsonNode> properties = new HashMap<>();
    for (JsonNode property : made.path("properties")) {
      properties.put(property.path("key").asText(), property.path("value"));
    }
    journal.effects(PROPERTY).stream()
        .filter(effect -> effect.has("issue", key))
        .forEach(
            effect ->
                properties.put(effect.data().path("key").asText(), effect.data().path("value")));
    String status =
        journal.effects(TRANSITION).stream()
            .filter(effect -> effect.has("issue", key))
            .reduce((_, later) -> later)
            .map(effect -> effect.data().path("to").asText())
            .orElse(Workflow.FIRST);
    return new Issue(made, status, properties);
  }
}
