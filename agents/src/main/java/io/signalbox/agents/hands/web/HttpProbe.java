package io.signalbox.agents.hands.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.agents.hands.kit.Done;
import io.signalbox.agents.hands.kit.Marker;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.tool.ToolDefinition;
import java.net.URI;

/**
 * Looks whether a call of a tool of kind http took effect: a GET of the config's {@code probe.url},
 * whose place {@code {idempotencyKey}} holds the call's key. A success means that it did, and its
 * body is the result; 404 means that it did not; anything else that nobody knows.
 */
final class HttpProbe {
  private static final int NOT_FOUND = 404;

  private HttpProbe() {}

  static boolean isDeclared(ToolDefinition tool) {
    return tool.config().path("probe").hasNonNull("url");
  }

  static URI address(Perform order) throws Setback {
    ObjectNode arguments = Json.object();
    arguments.setAll((ObjectNode) order.arguments());
    arguments.put("idempotencyKey", Marker.of(order).text());
    var probe = order.tool().orElseThrow().config().path("probe");
    return Bodies.uri(new Template(arguments).address(probe.path("url").asText()), Json.object());
  }

  static Outcome look(Talk talk, Ask ask) throws Setback {
    var answer = talk.ask(ask);
    if (answer.isSuccess()) {
      return Done.with(Content.of(answer, false));
    }
    return answer.status() == NOT_FOUND
        ? Done.absent()
        : new Outcome.Unknown(
            "GET %s answered %d: %s"
                .formatted(ask.uri().getPath(), answer.status(), answer.shortened()));
  }
}
