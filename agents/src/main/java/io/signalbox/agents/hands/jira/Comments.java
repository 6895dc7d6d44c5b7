package io.signalbox.agents.hands.jira;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Arguments;
import io.signalbox.agents.hands.kit.Done;
import io.signalbox.agents.hands.kit.Hand;
import io.signalbox.agents.hands.kit.Marker;
import io.signalbox.agents.hands.kit.Picked;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.web.Content;
import io.signalbox.agents.hands.web.Rest;
import io.signalbox.agents.hands.web.Segments;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import java.util.List;

/** Comments on issues, found again by a property of the comment. */
final class Comments implements Hand {
  private static final int PAGE = 100;
  private static final int MOST = 1_000;
  private static final List<String> COMMENT = List.of("id", "self", "created");

  private final Site site;

  Comments(Site site) {
    this.site = site;
  }

  @Override
  public Outcome send(Perform order) throws Setback {
    var given = new Arguments(order.arguments());
    var body = Json.object();
    body.set("body", Document.of(order.arguments().path("body")));
    var property = body.putArray("properties").addObject().put("key", Site.PROPERTY);
    property.putObject("value").put("key", Marker.of(order).text());
    return told(Content.json(site.open(order).post(path(given), body), true));
  }

  @Override
  public Outcome probe(Perform order) throws Setback {
    var path = path(new Arguments(order.arguments()));
    var marker = Marker.of(order);
    var rest = site.open(order);
    for (int start = 0; start < MOST; start += PAGE) {
      var page =
          rest.get(
              path
                  + "?expand=properties&orderBy=-created&maxResults=%d&startAt=%d"
                      .formatted(PAGE, start));
      var comments = withProperties(rest, page.path("comments"));
      for (JsonNode comment : comments) {
        if (carries(comment, marker)) {
          return told(comment);
        }
      }
      if (start + page.path("comments").size() >= page.path("total").asInt()) {
        return Done.absent();
      }
    }
    return new Outcome.Unknown("not among the newest %d comments".formatted(MOST));
  }

  /** Where the list leaves properties out, they come with the comments asked for by id. */
  private static JsonNode withProperties(Rest rest, JsonNode comments) throws Setback {
    boolean shown = comments.isEmpty();
    for (JsonNode comment : comments) {
      shown |= comment.has("properties");
    }
    if (shown) {
      return comments;
    }
    var wanted = Json.object();
    var ids = wanted.putArray("ids");
    comments.forEach(comment -> ids.add(comment.path("id").asLong()));
    return rest.look("/rest/api/3/comment/list?expand=properties", wanted).path("values");
  }

  private static boolean carries(JsonNode comment, Marker marker) {
    for (var property : comment.path("properties")) {
      if (property.path("key").asText().equals(Site.PROPERTY)
          && property.at("/value/key").asText().equals(marker.text())) {
        return true;
      }
    }
    return false;
  }

  private static Outcome told(JsonNode comment) {
    return Done.with(Picked.of(comment, COMMENT));
  }

  private static String path(Arguments given) throws Setback {
    return Segments.path("rest", "api", "3", "issue", given.text("issue"), "comment");
  }
}
