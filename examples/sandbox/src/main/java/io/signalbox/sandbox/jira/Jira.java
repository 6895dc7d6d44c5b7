package io.signalbox.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.sandbox.Answer;
import io.signalbox.sandbox.Effect;
import io.signalbox.sandbox.Journal;
import io.signalbox.sandbox.Json;
import io.signalbox.sandbox.Request;
import io.signalbox.sandbox.Routes;
import io.signalbox.sandbox.Routes.Match;
import io.signalbox.sandbox.Service;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Stands in for {@code https://SITE.atlassian.net}, under {@code /jira}. */
public final class Jira implements Service {
  private static final String ISSUE = "/rest/api/3/issue/{issue}";
  private static final String PROPERTY = ISSUE + "/properties/{property}";

  private final String token;
  private final Issues issues;
  private final Routes routes;

  public Jira(String token, Journal journal) {
    this.token = token;
    this.issues = new Issues(journal);
    Creation creation = new Creation(issues);
    Comments comments = new Comments(journal);
    Search search = new Search(issues);
    this.routes =
        new Routes()
            .on("POST", "/rest/api/3/issue", "create-issue", creation::create)
            .on("GET", ISSUE, "get-issue", with((_, issue) -> Answer.json(200, issue.json())))
            .on("GET", ISSUE + "/properties", "list-properties", with(Jira::properties))
            .on("GET", PROPERTY, "get-property", with(Jira::property))
            .on("PUT", PROPERTY, "set-property", with(this::setProperty))
            .on("GET", ISSUE + "/comment", "list-comments", with(comments::list))
            .on("POST", ISSUE + "/comment", "add-comment", with(comments::create))
            .on(
                "GET",
                ISSUE + "/transitions",
                "list-transitions",
                with((_, _) -> Answer.json(200, Workflow.json())))
            .on("POST", ISSUE + "/transitions", "transition-issue", with(Jira::transition))
            .on("GET", "/rest/api/3/search/jql", "search", search::byQuery)
            .on("POST", "/rest/api/3/search/jql", "search", search::byBody)
            .on("GET", "/rest/api/3/search", "old-search", _ -> Search.removed())
            .on("POST", "/rest/api/3/search", "old-search", _ -> Search.removed())
            .on("GET", "/rest/api/3/myself", "myself", _ -> Answer.json(200, user()));
  }

  @Override
  public String name() {
    return "jira";
  }

  @Override
  public String operation(Request request) {
    return routes.operation(request);
  }

  @Override
  public Answer answer(Request request) {
    if (!allowed(request)) {
      return Answer.json(
              401,
              Json.object()
                  .put("message", "Client must be authenticated to access this resource.")
                  .put("status-code", 401))
          .with("WWW-Authenticate", "OAuth realm=\"https%3A%2F%2Fsandbox.atlassian.net\"");
    }
    return routes
        .answer(request)
        .orElseGet(
            () ->
                Answer.json(
                    404,
                    Json.object()
                        .put("status-code", 404)
                        .put(
                            "message", "null for uri: " + "/" + String.join("/", request.path()))));
  }

  @Override
  public Answer down() {
    return Answer.text(503, "text/plain", "Service Unavailable");
  }

  @Override
  public Answer limited(int retryAfterSeconds) {
    return Errors.message(429, "Rate limit exceeded.")
        .with("Retry-After", Integer.toString(retryAfterSeconds))
        .with("X-RateLimit-Remaining", "0");
  }

  static ObjectNode user() {
    return Json.object()
        .put("accountId", "sandbox:0001")
        .put("displayName", "Signalbox sandbox")
        .put("active", true);
  }

  /** Basic, with an e-mail address and the token, or Bearer for OAuth apps. */
  private boolean allowed(Request request) {
    String given = request.header("authorization").orElse("");
    if (given.startsWith("Basic ")) {
      try {
        byte[] pair = Base64.getDecoder().decode(given.substring("Basic ".length()).strip());
        return new String(pair, StandardCharsets.UTF_8)
            .matches("[^:]+@[^:]+:" + Pattern.quote(token));
      } catch (IllegalArgumentException malformed) {
        return false;
      }
    }
    return given.equals("Bearer " + token);
  }

  /** Answers about one issue. */
  @FunctionalInterface
  private interface OnIssue {
    Answer answer(Match match, Issue issue);
  }

  private Routes.Handler with(OnIssue handler) {
    return match ->
        issues
            .find(match.at("issue"))
            .map(issue -> handler.answer(match, issue))
            .orElseGet(Errors::noSuchIssue);
  }

  private static Answer properties(Match match, Issue issue) {
    ObjectNode body = Json.object();
    ArrayNode keys = body.putArray("keys");
    issue.properties().keySet().stream()
        .sorted()
        .forEach(
            key ->
                keys.addObject()
                    .put(
                        "self",
                        match.request().base()
                            + "/rest/api/3/issue/"
                            + issue.id()
                            + "/properties/"
                            + key)
                    .put("key", key));
    return Answer.json(200, body);
  }

  private static Answer property(Match match, Issue issue) {
    String key = match.at("property");
    return Optional.ofNullable(issue.properties().get(key))
        .map(value -> Answer.json(200, Json.object().put("key", key).set("value", value)))
        .orElseGet(() -> Errors.message(404, "The property with key '" + key + "' was not found."));
  }

  private Answer setProperty(Match match, Issue issue) {
    JsonNode value = match.request().json();
    if (value.isMissingNode()) {
      return Errors.message(400, "The property value must be valid JSON.");
    }
    int status = issue.properties().containsKey(match.at("property")) ? 200 : 201;
    return Answer.json(status, Json.object())
        .causing(issues.property(issue, match.at("property"), value));
  }

  private static Answer transition(Match match, Issue issue) {
    String id = match.request().json().at("/transition/id").asText();
    Function<Workflow.Transition, Answer> move =
        it ->
            Answer.empty(204)
                .causing(
                    new Effect(
                        Issues.TRANSITION,
                        Json.object()
                            .put("issue", issue.key())
                            .put("id", id)
                            .put("from", issue.status())
                            .put("to", it.to())));
    return Workflow.transition(id)
        .map(move)
        .orElseGet(
            () -> Errors.message(400, "Transition id '" + id + "' is not valid for this issue."));
  }
}
