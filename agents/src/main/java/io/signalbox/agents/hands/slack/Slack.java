package io.signalbox.agents.hands.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Arguments;
import io.signalbox.agents.hands.kit.Done;
import io.signalbox.agents.hands.kit.Hand;
import io.signalbox.agents.hands.kit.Picked;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.web.Credentials;
import io.signalbox.agents.hands.web.Rest;
import io.signalbox.agents.hands.web.Wire;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Messages in channels: posting, which can be probed, and replacing what was posted. */
public final class Slack {
  private static final List<String> MESSAGE = List.of("channel", "ts");

  private final SlackSettings settings;
  private final Wire wire;

  private Slack(SlackSettings settings, Wire wire) {
    this.settings = settings;
    this.wire = wire;
  }

  /** The hands by tool name. */
  public static Map<String, Hand> hands(SlackSettings settings, Wire wire) {
    var slack = new Slack(settings, wire);
    return Map.of(
        "slack.post-message", new Posts(slack::open), "slack.update-message", slack::update);
  }

  static Outcome told(JsonNode message) {
    return Done.with(Picked.of(message, MESSAGE));
  }

  private WebApi open(Perform order) {
    var headers = new HashMap<String, String>();
    settings.token().found().ifPresent(it -> headers.put("Authorization", Credentials.bearer(it)));
    return new WebApi(new Rest("Slack", settings.baseUrl(), headers, wire.talk(order)));
  }

  /** Sending it twice leaves the same message. */
  private Outcome update(Perform order) throws Setback {
    var given = new Arguments(order.arguments());
    var body = Json.object();
    body.put("channel", given.text("channel"));
    body.put("ts", given.text("ts")).put("text", given.text("text"));
    given.ifThere("blocks").ifPresent(blocks -> body.set("blocks", blocks));
    return told(open(order).act("chat.update", body));
  }
}
