package io.signalbox.agents.hands.github;

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
import java.util.function.Function;

/** Comments on pull requests and issues, found again by a marker that GitHub does not render. */
final class Comments implements Hand {
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 50;
  private static final List<String> COMMENT = List.of("id", "html_url", "created_at", "user/login");

  private final Function<Perform, Rest> open;

  Comments(Function<Perform, Rest> open) {
    this.open = open;
  }

  @Override
  public Outcome send(Perform order) throws Setback {
    var given = new Arguments(order.arguments());
    var marked = given.text("body").stripTrailing() + "\n\n" + Marker.of(order).asComment();
    var answer = open.apply(order).post(path(given), Json.object().put("body", marked));
    return told(Content.json(answer, true));
  }

  @Override
  public Outcome probe(Perform order) throws Setback {
    var given = new Arguments(order.arguments());
    var mark = Marker.of(order).asComment();
    var rest = open.apply(order);
    for (int page = 1; page <= MOST_PAGES; page++) {
      var comments = rest.get(path(given) + "?per_page=" + PAGE + "&page=" + page);
      for (JsonNode comment : comments) {
        if (comment.path("body").asText().contains(mark)) {
          return told(comment);
        }
      }
      if (comments.size() < PAGE) {
        return Done.absent();
      }
    }
    return new Outcome.Unknown(
        "not among the first %d comments, and there are more".formatted(PAGE * MOST_PAGES));
  }

  private static Outcome told(JsonNode comment) {
    return Done.with(Picked.of(comment, COMMENT));
  }

  private static String path(Arguments given) throws Setback {
    return Segments.path(
        "repos",
        given.text("owner"),
        given.text("repo"),
        "issues",
        given.number("number"),
        "comments");
  }
}
