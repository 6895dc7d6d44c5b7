package io.signalbox.http.hooks;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Door;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Hashes;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.protocol.event.EventCommand;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Inbound webhooks by configured name. Before the signature is right nothing is even parsed. */
public final class HookRoutes {
  private final Map<String, HookSettings> hooks;
  private final Door<EventCommand, EventCommand.Reply> events;
  private final InstantSource clock;
  private final Buttons buttons;

  /** What takes a pressed button of a message of ours, by tenant and payload; others not. */
  @FunctionalInterface
  public interface Buttons {
    Optional<CompletionStage<Answer>> take(String tenant, JsonNode payload);
  }

  public HookRoutes(
      Map<String, HookSettings> hooks,
      Door<EventCommand, EventCommand.Reply> events,
      InstantSource clock,
      Buttons buttons) {
    this.hooks = Map.copyOf(hooks);
    this.events = events;
    this.clock = clock;
    this.buttons = buttons;
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.post("/v1/hooks/{name}", this::deliver).open());
  }

  private CompletionStage<Answer> deliver(Call call) {
    HookSettings hook = hooks.get(call.path("name"));
    if (hook == null) {
      throw Problem.notFound("there is no webhook of that name");
    }
    Instant now = clock.instant();
    if (!genuine(hook, call, now)) {
      throw Problem.of(401, "bad-signature", "The signature is wrong", expected(hook))
          .header("WWW-Authenticate", "Signature");
    }
    return switch (hook.kind()) {
      case GITHUB -> publish(hook, Deliveries.github(call, now));
      case STANDARD -> publish(hook, Deliveries.standard(call, hook.name(), now));
      case SLACK -> slack(hook, call, now);
    };
  }

  private static boolean genuine(HookSettings hook, Call call, Instant now) {
    byte[] body = call.body().toArrayUnsafe();
    return switch (hook.kind()) {
      case GITHUB -> Signatures.github(hook.secret(), body, header(call, "X-Hub-Signature-256"));
      case SLACK ->
          Signatures.slack(
              hook.secret(),
              body,
              header(call, "X-Slack-Request-Timestamp"),
              header(call, "X-Slack-Signature"),
              now);
      case STANDARD ->
          Signatures.standard(
              hook.secret(),
              body,
              header(call, "webhook-id"),
              header(call, "webhook-timestamp"),
              header(call, "webhook-signature"),
              now);
    };
  }

  private static String header(Call call, String name) {
    return call.header(name).orElse("");
  }

  private static String expected(HookSettings hook) {
    return switch (hook.kind()) {
      case GITHUB -> "X-Hub-Signature-256 must sign the body with the hook's secret";
      case SLACK -> "X-Slack-Signature must sign the body, no more than five minutes ago";
      case STANDARD -> "webhook-signature must sign the body, no more than five minutes ago";
    };
  }

  private CompletionStage<Answer> slack(HookSettings hook, Call call, Instant now) {
    JsonNode payload = Deliveries.slackPayload(call);
    if (payload.path("type").asText("").equals("url_verification")) {
      return completedStage(Answer.ok(Json.object().set("challenge", payload.path("challenge"))));
    }
    Optional<CompletionStage<Answer>> decided = buttons.take(hook.tenant(), payload);
    if (decided.isPresent()) {
      return decided.get();
    }
    String hash = Hashes.sha256(call.body().toArrayUnsafe());
    return publish(hook, Deliveries.slack(call, payload, hash, now));
  }

  private CompletionStage<Answer> publish(HookSettings hook, CloudEvent event) {
    return events
        .ask(
            EventCommand.Reply.Accepted.class,
            to -> new EventCommand.Publish(hook.tenant(), List.of(event), to))
        .thenApply(
            accepted ->
                Answer.accepted(
                    Json.object()
                        .put("source", event.source())
                        .put("id", event.id())
                        .put("type", event.type())
                        .put("fresh", accepted.fresh() > 0)));
  }
}
