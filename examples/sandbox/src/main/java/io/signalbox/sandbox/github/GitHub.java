package io.signalbox.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.sandbox.Answer;
import io.signalbox.sandbox.Journal;
import io.signalbox.sandbox.Request;
import io.signalbox.sandbox.Routes;
import io.signalbox.sandbox.Routes.Match;
import io.signalbox.sandbox.Service;
import io.signalbox.sandbox.github.PullRequests.PullRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Stands in for {@code https://api.github.com}, under {@code /github}. */
public final class GitHub implements Service {
  private static final String PULL = "/repos/{owner}/{repo}/pulls/{number}";
  private static final String COMMENTS = "/repos/{owner}/{repo}/issues/{number}/comments";

  private final String token;
  private final PullRequests pulls;
  private final Journal journal;
  private final Routes routes;

  public GitHub(String token, PullRequests pulls, Journal journal) {
    this.token = token;
    this.pulls = pulls;
    this.journal = journal;
    Comments comments = new Comments(journal);
    Statuses statuses = new Statuses(journal, pulls);
    this.routes =
        new Routes()
            .on("GET", PULL, "get-pull-request", match -> withPull(match, it -> pull(match, it)))
            .on(
                "GET",
                PULL + "/files",
                "list-files",
                match -> withPull(match, it -> files(match, it)))
            .on(
                "GET",
                COMMENTS,
                "list-comments",
                match -> withPull(match, _ -> comments.list(match)))
            .on(
                "POST",
                COMMENTS,
                "create-comment",
                match -> withPull(match, _ -> comments.create(match)))
            .on(
                "POST",
                "/repos/{owner}/{repo}/statuses/{sha}",
                "set-status",
                match -> withRepository(match, statuses::create))
            .on(
                "GET",
                "/repos/{owner}/{repo}/commits/{sha}/statuses",
                "list-statuses",
                match -> withRepository(match, statuses::list));
  }

  @Override
  public String name() {
    return "github";
  }

  @Override
  public String operation(Request request) {
    return request.path().size() == 5 && wantsDiff(request)
        ? "get-diff"
        : routes.operation(request);
  }

  @Override
  public Answer answer(Request request) {
    return refusal(request)
        .or(() -> routes.answer(request))
        .orElseGet(Errors::notFound)
        .with("X-GitHub-Media-Type", "github.v3; format=json")
        .with("X-RateLimit-Limit", "5000")
        .with("X-RateLimit-Remaining", Long.toString(Math.max(0, 5000 - journal.count())))
        .with("X-RateLimit-Reset", Long.toString(Instant.now().getEpochSecond() + 3600));
  }

  @Override
  public Answer down() {
    return Answer.text(
        503,
        "text/html",
        "<p><strong>No server is currently available to service your request.</strong></p>");
  }

  @Override
  public Answer limited(int retryAfterSeconds) {
    return Errors.of(
            403,
            "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")
        .with("Retry-After", Integer.toString(retryAfterSeconds));
  }

  private Optional<Answer> refusal(Request request) {
    if (request.header("user-agent").isEmpty()) {
      return Optional.of(
          Answer.text(
              403,
              "text/html",
              "Request forbidden by administrative rules. Please make sure your request has a User-Agent header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required)."));
    }
    Optional<String> given = request.header("authorization");
    if (given.isEmpty()) {
      // a private repository is not there at all for a stranger
      return Optional.of(
          request.method().equals("GET")
              ? Errors.notFound()
              : Errors.of(401, "Requires authentication"));
    }
    boolean known =
        List.of("Bearer " + token, "bearer " + token, "token " + token).contains(given.get());
    return known ? Optional.empty() : Optional.of(Errors.of(401, "Bad credentials"));
  }

  private Answer withPull(Match match, Function<PullRequest, Answer> handler) {
    return pulls
        .find(repository(match), match.at("number"))
        .map(handler)
        .orElseGet(Errors::notFound);
  }

  private Answer withRepository(Match match, Function<Match, Answer> handler) {
    return pulls.knows(repository(match)) ? handler.apply(match) : Errors.notFound();
  }

  static String repository(Match match) {
    return match.at("owner") + "/" + match.at("repo");
  }

  private static boolean wantsDiff(Request request) {
    return request.header("accept").orElse("").matches("application/vnd\\.github\\.(v3\\.)?diff.*");
  }

  private static Answer pull(Match match, PullRequest pull) {
    return wantsDiff(match.request())
        ? Answer.text(200, "application/vnd.github.v3.diff; charset=utf-8", pull.diff().text())
        : Answer.json(200, pull.body());
  }

  private static Answer files(Match match, PullRequest pull) {
    ArrayNode list = Pages.of(match.request(), pull.diff().files());
    for (JsonNode file : list) {
      String sha = pull.body().at("/head/sha").asText();
      String place = match.request().base() + "/" + pull.repository();
      String name = file.path("filename").asText();
      ((ObjectNode) file).put("blob_url", place + "/blob/" + sha + "/" + name);
      ((ObjectNode) file).put("raw_url", place + "/raw/" + sha + "/" + name);
      ((ObjectNode) file)
          .put(
              "contents_url",
              match.request().base()
                  + "/repos/"
                  + pull.repository()
                  + "/contents/"
                  + name
                  + "?ref="
                  + sha);
    }
    return Answer.json(200, list);
  }
}
