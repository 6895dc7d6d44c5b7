package io.signalbox.agents.hands.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.agents.hands.kit.Arguments;
import io.signalbox.agents.hands.kit.Done;
import io.signalbox.agents.hands.kit.Hand;
import io.signalbox.agents.hands.kit.Marker;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.web.Content;
import io.signalbox.agents.hands.web.Rest;
import io.signalbox.agents.hands.web.Segments;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import java.util.Optional;

/**
 * Creates issues. Jira cannot search by a property unless an app has it indexed, so each issue also
 * carries a label: the probe searches for the label and trusts only the property.
 */
final class Issues implements Hand {
  private static final String ISSUE = "/rest/api/3/issue";
  private static final int CANDIDATES = 10;

  private final Site site;

  Issues(Site site) {
    this.site = site;
  }

  @Override
  public Outcome send(Perform order) throws Setback {
    var marker = Marker.of(order);
    var body = Json.object();
    body.set("fields", fields(new Arguments(order.arguments()), marker));
    var property = body.putArray("properties").addObject().put("key", Site.PROPERTY);
    property.putObject("value").put("key", marker.text());
    return told(Content.json(site.open(order).post(ISSUE, body), true));
  }

  private static ObjectNode fields(Arguments given, Marker marker) {
    var fields = Json.object();
    given
        .ifThere("fields")
        .ifPresent(more -> more.properties().forEach(it -> fields.set(it.getKey(), it.getValue())));
    fields.putObject("project").put("key", given.text("project"));
    fields.putObject("issuetype").put("name", given.text("type"));
    fields.put("summary", given.text("summary"));
    given.ifThere("description").ifPresent(text -> fields.set("description", Document.of(text)));
    given.ifText("priority").ifPresent(name -> fields.putObject("priority").put("name", name));
    given.ifText("assignee").ifPresent(id -> fields.putObject("assignee").put("accountId", id));
    var labels = fields.putArray("labels");
    given.ifThere("labels").ifPresent(all -> all.forEach(labels::add));
    labels.add(marker.asLabel());
    return fields;
  }

  @Override
  public Outcome probe(Perform order) throws Setback {
    var rest = site.open(order);
    var marker = Marker.of(order);
    var found = search(rest, marker);
    if (found.isEmpty() && site.searchLag().isPositive()) {
      rest.talk().pause(site.searchLag());
      found = search(rest, marker);
    }
    return found.map(this::told).orElseGet(Done::absent);
  }

  private static Optional<JsonNode> search(Rest rest, Marker marker) throws Setback {
    var query = Json.object();
    query.put("jql", "labels = \"" + marker.asLabel() + "\"").put("maxResults", CANDIDATES);
    query.putArray("fields").add("labels");
    for (var issue : rest.look("/rest/api/3/search/jql", query).path("issues")) {
      if (carries(rest, issue.path("id").asText(), marker)) {
        return Optional.of(issue);
      }
    }
    return Optional.empty();
  }

  private static boolean carries(Rest rest, String issue, Marker marker) throws Setback {
    try {
      var property =
          rest.get(Segments.path("rest", "api", "3", "issue", issue, "properties", Site.PROPERTY));
      return property.at("/value/key").asText().equals(marker.text());
    } catch (Setback e) {
      if (e.outcome() instanceof Outcome.Failed no && no.status() == 404) {
        return false;
      }
      throw e;
    }
  }

  private Outcome told(JsonNode issue) {
    var key = issue.path("key").asText();
    return Done.with(
        Json.object()
            .put("id", issue.path("id").asText())
            .put("key", key)
            .put("url", site.browse(key)));
  }
}
