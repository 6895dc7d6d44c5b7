package io.signalbox.agents.hands.jira;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Arguments;
import io.signalbox.agents.hands.kit.Done;
import io.signalbox.agents.hands.kit.Hand;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.web.Segments;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import java.util.ArrayList;
import java.util.Optional;

/** Moves issues. Doing it twice is harmless: an issue already at the aim stays there. */
final class Transitions implements Hand {
  private final Site site;

  Transitions(Site site) {
    this.site = site;
  }

  @Override
  public Outcome send(Perform order) throws Setback {
    var given = new Arguments(order.arguments());
    var issue = given.text("issue");
    var aim = given.text("to");
    var rest = site.open(order);
    var path = Segments.path("rest", "api", "3", "issue", issue);
    var status = rest.get(path + "?fields=status").at("/fields/status/name").asText();
    if (status.equalsIgnoreCase(aim)) {
      return told(issue, status, true);
    }
    var offered = rest.get(path + "/transitions").path("transitions");
    var chosen = choose(offered, aim);
    if (chosen.isEmpty()) {
      throw Setback.failed(
          "validation",
          422,
          "/to: %s has status '%s', from where it can go by %s; '%s' is none of them"
              .formatted(issue, status, names(offered), aim));
    }
    var target = chosen.get().at("/to/name").asText();
    if (status.equalsIgnoreCase(target)) {
      return told(issue, status, true);
    }
    var body = Json.object();
    body.putObject("transition").put("id", chosen.get().path("id").asText());
    rest.post(path + "/transitions", body);
    return told(issue, target, false);
  }

  /** By the name of the transition first, then by the status it leads to. */
  private static Optional<JsonNode> choose(JsonNode offered, String aim) {
    for (var member : new String[] {"/name", "/to/name"}) {
      for (JsonNode transition : offered) {
        if (transition.at(member).asText().equalsIgnoreCase(aim)) {
          return Optional.of(transition);
        }
      }
    }
    return Optional.empty();
  }

  private static String names(JsonNode offered) {
    var names = new ArrayList<String>();
    offered.forEach(
        it ->
            names.add(
                "'%s' to '%s'".formatted(it.path("name").asText(), it.at("/to/name").asText())));
    return names.isEmpty() ? "nothing" : String.join(", ", names);
  }

  private static Outcome told(String issue, String status, boolean already) {
    return Done.with(
        Json.object().put("issue", issue).put("status", status).put("alreadyThere", already));
  }
}
