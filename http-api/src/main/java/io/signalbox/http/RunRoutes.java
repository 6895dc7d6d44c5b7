package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Fields;
import io.signalbox.http.wire.Names;
import io.signalbox.http.wire.Pages;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.view.ViewQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Runs: start, look at, find. */
final class RunRoutes {
  private static final List<String> STATUSES =
      Arrays.stream(RunStatus.values()).map(RunStatus::text).toList();
  private static final int MOST_LABELS = 64;
  private static final int LONGEST_LABEL = 256;

  private final Rooms rooms;
  private final Starter starter;
  private final Duration waitLimit;

  RunRoutes(Rooms rooms, Starter starter, Duration waitLimit) {
    this.rooms = rooms;
    this.starter = starter;
    this.waitLimit = waitLimit;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/v1/runs", this::start).needs("run:start"),
        Endpoint.get("/v1/runs", this::list),
        Endpoint.get("/v1/runs/{id}", this::get),
        Endpoint.get("/v1/runs/{id}/trace", this::trace));
  }

  private CompletionStage<Answer> start(Call call) {
    Optional<Duration> wait = Pages.duration(call, "wait", waitLimit);
    Starter.Wanted wanted = wanted(call.json());
    Reach.starts(call, wanted.namespace(), Optional.of(wanted.name()));
    return starter
        .start(call, wanted, wait.filter(Duration::isPositive))
        .thenApply(run -> Answer.created("/v1/runs/" + run.id(), run));
  }

  private static Starter.Wanted wanted(JsonNode body) {
    Fields fields = Fields.of(body);
    Fields workflow = fields.inside("workflow");
    String namespace = workflow.need("namespace");
    String name = workflow.need("name");
    Optional<String> version = workflow.text("version");
    Optional<JsonNode> input = fields.any("input");
    Optional<String> id = fields.matching("id", Names.FORM, Names.RULE);
    Map<String, String> labels = fields.textMap("labels");
    if (labels.size() > MOST_LABELS) {
      fields.fault("labels", "may hold at most " + MOST_LABELS + " labels");
    }
    labels.forEach(
        (key, value) -> {
          if (key.isBlank() || key.length() > LONGEST_LABEL || value.length() > LONGEST_LABEL) {
            fields.fault("labels", "keys and values have at most 256 characters, keys at least 1");
          }
        });
    fields.check();
    return new Starter.Wanted(
        namespace, name, version, input.orElseGet(Json::object), labels, id, false);
  }

  private CompletionStage<Answer> get(Call call) {
    return rooms.runs().get(RunIds.seek(call)).thenApply(Answer::ok);
  }

  private CompletionStage<Answer> list(Call call) {
    int limit = Pages.limit(call);
    Optional<String> status = Pages.choice(call, "status", STATUSES);
    Optional<String> hidden = Pages.choice(call, "hidden", List.of("true", "false"));
    Optional<Instant> from = Pages.time(call, "from");
    Optional<Instant> to = Pages.time(call, "to");
    Optional<String> label = call.query("label");
    if (label.isPresent() && label.get().indexOf('=') < 1) {
      throw Problem.invalid("query parameter label must be of the form key=value");
    }
    return rooms
        .views()
        .ask(
            ViewQuery.Reply.Runs.class,
            replyTo ->
                new ViewQuery.ListRuns(
                    call.tenant(),
                    status,
                    call.query("namespace"),
                    call.query("workflow"),
                    label,
                    call.query("q"),
                    from,
                    to,
                    hidden.equals(Optional.of("true")),
                    limit,
                    Pages.cursor(call),
                    replyTo))
        .thenApply(
            page ->
                Pages.page(
                    Narrowed.byNamespace(call, page.items(), ViewQuery.RunRow::namespace).stream()
                        .map(RunRoutes::line)
                        .toList(),
                    page.nextCursor()));
  }

  /** A line of the list has the fields of a run, as far as the list knows them. */
  private static JsonNode line(ViewQuery.RunRow row) {
    ObjectNode line = Json.object().put("id", row.id());
    line.putObject("workflow")
        .put("namespace", row.namespace())
        .put("name", row.workflow())
        .put("version", row.version());
    line.put("status", row.status());
    line.set("labels", Json.tree(row.labels()));
    line.put("startedAt", row.startedAt().toString());
    row.endedAt().ifPresent(at -> line.put("endedAt", at.toString()));
    line.set("waitingFor", Json.tree(row.waitingFor()));
    return line;
  }

  private CompletionStage<Answer> trace(Call call) {
    RunId run = RunIds.seek(call);
    return rooms
        .views()
        .ask(ViewQuery.Reply.Spans.class, to -> new ViewQuery.Trace(run, to))
        .thenApply(spans -> Answer.ok(spans.root()));
  }
}
