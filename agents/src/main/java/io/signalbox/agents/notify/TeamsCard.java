package io.signalbox.agents.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.notify.Errand;

/**
 * A question as an Adaptive Card, in the envelope that a Workflows webhook of Teams takes. Such a
 * card cannot post back, so it leads to a page.
 */
final class TeamsCard {
  private TeamsCard() {}

  static JsonNode of(Errand errand) {
    ObjectNode envelope = Json.object().put("type", "message");
    ObjectNode attachment = envelope.putArray("attachments").addObject();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    attachment.putNull("contentUrl");
    ObjectNode card = attachment.putObject("content");
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard").put("version", "1.4");
    ArrayNode body = card.putArray("body");
    text(body, Facts.headline(errand)).put("weight", "Bolder").put("size", "Medium");
    ArrayNode facts = body.addObject().put("type", "FactSet").putArray("facts");
    Facts.of(errand.approval())
        .forEach((name, value) -> facts.addObject().put("title", name).put("value", plain(value)));
    text(body, errand.shown()).put("fontType", "Monospace");
    if (errand.link().isPresent()) {
      card.putArray("actions")
          .addObject()
          .put("type", "Action.OpenUrl")
          .put("title", "Look and decide")
          .put("url", errand.link().get());
    } else {
      text(body, "Decide with the API or the command line: " + errand.approval().id());
    }
    return envelope;
  }

  private static ObjectNode text(ArrayNode body, String text) {
    return body.addObject().put("type", "TextBlock").put("text", plain(text)).put("wrap", true);
  }

  /** Text blocks read some Markdown; a link in an argument must not become one. */
  private static String plain(String text) {
    return text.replace("[", "\\[").replace("](", "\\](");
  }
}
