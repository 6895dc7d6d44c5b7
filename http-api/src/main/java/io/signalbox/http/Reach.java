package io.signalbox.http;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.access.Rights;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps those whose rights hold in some namespaces only within these: what lies elsewhere is not
 * there for them. Who may in every namespace is not held up.
 */
final class Reach {
  private static final Pattern APPROVAL = Pattern.compile("(.{1,128})-\\d{1,18}");

  private final Runs runs;

  Reach(Runs runs) {
    this.runs = runs;
  }

  /** Completes where what the path names is within the caller's reach, else fails with 404. */
  CompletionStage<Void> within(Call call) {
    if (call.principal().isEmpty()) {
      return completedStage(null);
    }
    Rights rights = call.by().rights();
    String permission = call.endpoint().permission(call.path());
    if (rights.everywhere(permission)) {
      return completedStage(null);
    }
    String pattern = call.endpoint().pattern();
    if (pattern.startsWith("/v1/runs/{id}")) {
      return run(call, rights, permission, call.path("id"));
    }
    if (pattern.startsWith("/v1/approvals/{id}")) {
      Matcher id = APPROVAL.matcher(call.path("id"));
      return id.matches() ? run(call, rights, permission, id.group(1)) : completedStage(null);
    }
    if (pattern.startsWith("/v1/workflows/{namespace}")) {
      if (!rights.within(call.path("namespace"), permission)) {
        throw Problem.notFound("there is no such workflow");
      }
      return completedStage(null);
    }
    if (pattern.equals("/v1/workflows") && call.endpoint().method().equals("POST")) {
      // the namespace is in the text, which is read only once it is taken
      throw Problem.notPermitted(permission + " in every namespace");
    }
    return completedStage(null);
  }

  private CompletionStage<Void> run(Call call, Rights rights, String permission, String id) {
    return runs.get(new RunId(call.tenant(), id))
        .thenAccept(
            run -> {
              if (!rights.within(run.workflow().namespace(), permission)) {
                throw Problem.notFound("there is no run " + id);
              }
            });
  }

  /** Whether the caller sees a run of a list. */
  static boolean sees(Call call, JsonNode run) {
    String namespace = run.path("workflow").path("namespace").asText();
    Rights rights = call.by().rights();
    String permission = call.endpoint().permission(call.path());
    return rights.everywhere(permission) || rights.within(namespace, permission);
  }

  /** Fails with 404 where a workflow cannot be started by this caller. */
  static void starts(Call call, String namespace, Optional<String> what) {
    if (!call.by().rights().within(namespace, "run:start")) {
      throw Problem.notFound(
          "there is no workflow " + namespace + what.map(it -> "/" + it).orElse(""));
    }
  }
}
