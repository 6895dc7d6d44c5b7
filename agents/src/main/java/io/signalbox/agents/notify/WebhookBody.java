package io.signalbox.agents.notify;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.notify.Errand;
import java.time.Instant;

/** What a webhook is told: a type, a time, and the approval as the API shows it. */
final class WebhookBody {
  private WebhookBody() {}

  static JsonNode of(Errand errand, Instant now) {
    var body = Json.object();
    body.put(
        "type",
        switch (errand.what()) {
          case ASKED -> "approval.requested";
          case ESCALATED -> "approval.escalated";
          case SETTLED -> "approval.settled";
        });
    body.put("timestamp", now.toString());
    var data = body.putObject("data");
    data.set("approval", Json.tree(errand.approval()));
    data.put("channel", errand.channel().name());
    errand.link().ifPresent(link -> data.put("link", link));
    return body;
  }
}
