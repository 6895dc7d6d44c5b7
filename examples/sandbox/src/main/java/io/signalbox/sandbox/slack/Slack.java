package io.signalbox.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.sandbox.Answer;
import io.signalbox.sandbox.Incoming;
import io.signalbox.sandbox.Journal;
import io.signalbox.sandbox.Json;
import io.signalbox.sandbox.Request;
import io.signalbox.sandbox.Routes;
import io.signalbox.sandbox.Service;
import java.util.Optional;
import java.util.function.Function;

/** Stands in for {@code https://slack.com/api}, under {@code /slack/api}. */
public final class Slack implements Service {
  private final String token;
  private final Routes routes;

  public Slack(String token, Journal journal) {
    this.token = token;
    Messages messages = new Messages(journal);
    this.routes = new Routes();
    serve("/api/auth.test", "auth-test", _ -> who());
    serve("/api/chat.postMessage", "post-message", messages::post);
    serve("/api/chat.update", "update-message", messages::update);
    serve("/api/conversations.history", "history", messages::history);
  }

  private void serve(String path, String operation, Function<JsonNode, Answer> handler) {
    Routes.Handler guarded =
        match -> {
          Request request = match.request();
          return refusal(request).orElseGet(() -> handler.apply(arguments(request)));
        };
    routes.on("POST", path, operation, guarded).on("GET", path, operation, guarded);
  }

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public String operation(Request request) {
    return routes.operation(request);
  }

  @Override
  public Answer answer(Request request) {
    return routes.answer(request).orElseGet(() -> error("unknown_method"));
  }

  @Override
  public Answer down() {
    return Answer.text(503, "text/html", "<html><body>Service unavailable</body></html>");
  }

  @Override
  public Answer limited(int retryAfterSeconds) {
    return Answer.json(429, Json.object().put("ok", false).put("error", "ratelimited"))
        .with("Retry-After", Integer.toString(retryAfterSeconds));
  }

  /** As at Slack, a refusal is a 200 whose body says {@code ok: false}. */
  static Answer error(String code) {
    return Answer.json(200, Json.object().put("ok", false).put("error", code));
  }

  private Optional<Answer> refusal(Request request) {
    Optional<String> given = request.header("authorization");
    if (given.isEmpty()) {
      return Optional.of(error("not_authed"));
    }
    return given.get().equals("Bearer " + token)
        ? Optional.empty()
        : Optional.of(error("invalid_auth"));
  }

  /** Slack takes JSON, forms and query parameters alike; a form's values may hold JSON. */
  private static JsonNode arguments(Request request) {
    boolean json = request.header("content-type").orElse("").startsWith("application/json");
    if (json && !request.body().isBlank()) {
      return request.json();
    }
    ObjectNode arguments = Json.object();
    request.query().forEach(arguments::put);
    Incoming.form(request.body())
        .forEach(
            (name, value) -> {
              JsonNode inner =
                  value.startsWith("[") || value.startsWith("{")
                      ? Json.parse(value)
                      : Json.object().textNode(value);
              arguments.set(name, inner);
            });
    return arguments;
  }

  private static Answer who() {
    return Answer.json(
        200,
        Json.object()
            .put("ok", true)
            .put("url", "https://sandbox.slack.com/")
            .put("team", "Signalbox sandbox")
            .put("user", "signalbox")
            .put("team_id", "T0SANDBOX")
            .put("user_id", Messages.BOT));
  }
}
