package io.signalbox.agents.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.notify.Errand.What;
import io.signalbox.protocol.notify.Errand;
import io.signalbox.protocol.run.ApprovalView;
import java.util.Map;

/**
 * A question as a Slack message (Block Kit). All that comes from outside is plain text or escaped:
 * an argument can neither mention people nor draw a button.
 */
final class SlackMessage {
  private static final int LONGEST = 2800;

  private SlackMessage() {}

  static ObjectNode of(Errand errand) {
    ApprovalView approval = errand.approval();
    String headline = Facts.headline(errand);
    ObjectNode message = Json.object().put("text", escaped(headline));
    message.put("unfurl_links", false).put("unfurl_media", false);
    ArrayNode blocks = message.putArray("blocks");
    ObjectNode header = blocks.addObject().put("type", "header").putObject("text");
    header.put("type", "plain_text").put("text", cut(headline, 150)).put("emoji", false);
    ArrayNode fields = blocks.addObject().put("type", "section").putArray("fields");
    for (Map.Entry<String, String> it : Facts.of(approval).entrySet()) {
      if (fields.size() < 10) { // Slack takes ten and no more
        fields
            .addObject()
            .put("type", "mrkdwn")
            .put("text", cut("*" + it.getKey() + "*\n" + escaped(it.getValue()), 1900));
      }
    }
    ObjectNode section = blocks.addObject().put("type", "section").putObject("text");
    section
        .put("type", "mrkdwn")
        .put(
            "text",
            "```" + cut(escaped(errand.shown()).replace("```", "'''"), LONGEST) + "```");
    if (errand.what() != What.SETTLED) {
      ask(blocks, errand);
    }
    return message;
  }

  private static void ask(ArrayNode blocks, Errand errand) {
    ObjectNode input = blocks.addObject().put("type", "input").put("block_id", "signalbox.reason");
    input.put("optional", !errand.approval().bound().reasonRequired());
    input.putObject("label").put("type", "plain_text").put("text", "Reason");
    input
        .putObject("element")
        .put("type", "plain_text_input")
        .put("action_id", "reason")
        .put("max_length", 2000);
    ObjectNode actions = blocks.addObject().put("type", "actions");
    ArrayNode buttons = actions.put("block_id", "signalbox.decide").putArray("elements");
    button(buttons, errand, "approve", "Approve", "primary");
    button(buttons, errand, "reject", "Reject", "danger");
  }

  private static void button(
      ArrayNode buttons, Errand errand, String decision, String label, String style) {
    ObjectNode button = buttons.addObject().put("type", "button").put("style", style);
    button.put("action_id", "signalbox." + decision);
    button.putObject("text").put("type", "plain_text").put("text", label);
    button.put(
        "value",
        Json.object()
            .put("approval", errand.approval().id())
            .put("hash", errand.approval().argumentsHash().orElse(""))
            .put("channel", errand.channel().name())
            .toString());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most - 1) + "…" : text;
  }
}
