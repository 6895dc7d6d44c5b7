package io.signalbox.http;

import static java.util.concurrent.CompletableFuture.completedStage;

import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.access.Rights;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps those whose rights hold in some namespaces only within these: what lies elsewhere is not
 * there for them. Who may in every namespace is not held up.
 */
final class Reach {
  private static final Pattern APPROVAL = Pattern.compile("(.{1,128})-\\d{1,18}");

  /** Lists that leave out what is elsewhere, and requests whose handlers look at the namespace. */
  private static final Set<String> NARROWED =
      Set.of(
          "GET /v1/runs",
          "POST /v1/runs",
          "GET /v1/workflows",
          "POST /v1/workflows",
          "GET /v1/approvals",
          "GET /v1/schedules",
          "GET /v1/dead-letters");

  /** What all namespaces of a tenant use together; who may anywhere may here. */
  private static final Set<String> SHARED =
      Set.of(
          "GET /v1/cluster",
          "GET /v1/tools",
          "GET /v1/tools/{name}",
          "POST /v1/tools/{name}/call",
          "GET /v1/agents",
          "GET /v1/agents/{name}",
          "POST /v1/agents/{name}/sessions/{session}/messages",
          "GET /v1/grants",
          "GET /v1/grants/{name}",
          "GET /v1/blobs/{digest}",
          "GET /mcp",
          "POST /mcp",
          "DELETE /mcp");

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
    String route = call.endpoint().method() + " " + pattern;
    if (NARROWED.contains(route) || SHARED.contains(route)) {
      return completedStage(null);
    }
    // what belongs to no namespace belongs to all of them
    throw Problem.notPermitted(permission + " in every namespace");
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

  /** Whether the caller may do this in every namespace. */
  static boolean everywhere(Call call) {
    return call.by().rights().everywhere(call.endpoint().permission(call.path()));
  }

  /** Whether the caller sees what lies in this namespace. */
  static boolean sees(Call call, String namespace) {
    return call.by().rights().within(namespace, call.endpoint().permission(call.path()));
  }

  /** Fails with 404 where a workflow cannot be started by this caller. */
  static void starts(Call call, String namespace, Optional<String> what) {
    if (!call.by().rights().within(namespace, "run:start")) {
      throw Problem.notFound(
          "there is no workflow " + namespace + what.map(it -> "/" + it).orElse(""));
    }
  }
}
