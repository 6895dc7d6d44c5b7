package io.signalbox.agents.hands.github;

import io.signalbox.agents.hands.kit.Arguments;
import io.signalbox.agents.hands.kit.Done;
import io.signalbox.agents.hands.kit.Hand;
import io.signalbox.agents.hands.kit.Picked;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.web.Content;
import io.signalbox.agents.hands.web.Credentials;
import io.signalbox.agents.hands.web.Rest;
import io.signalbox.agents.hands.web.Segments;
import io.signalbox.agents.hands.web.Wire;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pull requests and commit statuses. Comments have a hand of their own: they can be probed. */
public final class GitHub {
  private static final int PAGE = 100;
  private static final List<String> PULL =
      List.of(
          "number",
          "title",
          "body",
          "state",
          "draft",
          "merged",
          "html_url",
          "user/login",
          "head/sha",
          "head/ref",
          "head/repo/full_name",
          "base/sha",
          "base/ref",
          "base/repo/full_name",
          "additions",
          "deletions",
          "changed_files",
          "created_at",
          "updated_at");
  private static final List<String> FILE =
      List.of(
          "filename", "status", "additions", "deletions", "changes", "sha", "previous_filename");
  private static final List<String> STATUS =
      List.of("id", "state", "context", "description", "target_url", "created_at");

  private final GitHubSettings settings;
  private final Wire wire;

  private GitHub(GitHubSettings settings, Wire wire) {
    this.settings = settings;
    this.wire = wire;
  }

  /** The hands by tool name. */
  public static Map<String, Hand> hands(GitHubSettings settings, Wire wire) {
    var github = new GitHub(settings, wire);
    return Map.of(
        "github.get-pull-request", github::pullRequest,
        "github.list-files", github::files,
        "github.get-diff", github::diff,
        "github.create-comment", new Comments(github::rest),
        "github.set-status", github::status);
  }

  private Rest rest(Perform order) {
    var headers = new HashMap<String, String>();
    headers.put("Accept", "application/vnd.github+json");
    headers.put("X-GitHub-Api-Version", "2022-11-28");
    settings.token().found().ifPresent(it -> headers.put("Authorization", Credentials.bearer(it)));
    return new Rest("GitHub", settings.baseUrl(), headers, wire.talk(order));
  }

  private static String pull(Arguments given) throws Setback {
    return Segments.path(
        "repos", given.text("owner"), given.text("repo"), "pulls", given.number("number"));
  }

  private Outcome pullRequest(Perform order) throws Setback {
    var pull = rest(order).get(pull(new Arguments(order.arguments())));
    return Done.with(Picked.of(pull, PULL));
  }

  private Outcome files(Perform order) throws Setback {
    var given = new Arguments(order.arguments());
    int limit = given.number("limit", 300);
    var rest = rest(order);
    var result = Json.object();
    var files = result.putArray("files");
    boolean more = true;
    for (int page = 1; more && files.size() <= limit; page++) {
      var found = rest.get(pull(given) + "/files?per_page=" + PAGE + "&page=" + page);
      found.forEach(file -> files.add(Picked.of(file, FILE)));
      more = found.size() == PAGE;
    }
    boolean truncated = files.size() > limit;
    while (files.size() > limit) {
      files.remove(files.size() - 1);
    }
    return Done.with(result.put("truncated", truncated));
  }

  private Outcome diff(Perform order) throws Setback {
    var answer =
        rest(order).get(pull(new Arguments(order.arguments())), "application/vnd.github.diff");
    if (answer.isJson()) {
      throw Setback.garbled(false, "GitHub answered with JSON where a diff was asked for");
    }
    return Done.with(Json.object().put("diff", answer.text()));
  }

  /** Sending it twice leaves the same picture: the latest status of a context counts. */
  private Outcome status(Perform order) throws Setback {
    var given = new Arguments(order.arguments());
    var body = Json.object();
    body.put("state", given.text("state")).put("context", given.text("context"));
    given.ifText("description").ifPresent(text -> body.put("description", text));
    given.ifText("targetUrl").ifPresent(url -> body.put("target_url", url));
    var path =
        Segments.path(
            "repos", given.text("owner"), given.text("repo"), "statuses", given.text("sha"));
    return Done.with(Picked.of(Content.json(rest(order).post(path, body), false), STATUS));
  }
}
