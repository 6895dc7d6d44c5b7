package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Fields;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.audit.Archive;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.RunCommand.Verb;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Steering a run from outside: suspend, resume, cancel, retry, resolve. */
final class ControlRoutes {
  private static final List<String> OUTCOMES = List.of("succeeded", "failed", "retry");

  private final Rooms rooms;
  private final Archive audit;

  ControlRoutes(Rooms rooms, Archive audit) {
    this.rooms = rooms;
    this.audit = audit;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/v1/runs/{id}/suspend", call -> steer(call, Verb.SUSPEND)),
        Endpoint.post("/v1/runs/{id}/resume", call -> steer(call, Verb.RESUME)),
        Endpoint.post("/v1/runs/{id}/cancel", call -> steer(call, Verb.CANCEL)),
        Endpoint.post("/v1/runs/{id}/retry", this::retry),
        Endpoint.post("/v1/runs/{id}/resolve", this::resolve),
        Endpoint.delete("/v1/runs/{id}", this::delete).admin());
  }

  private CompletionStage<Answer> steer(Call call, Verb verb) {
    Fields fields = Fields.of(call.jsonOrEmpty());
    Optional<String> reason = fields.text("reason");
    fields.check();
    return control(call, verb, reason, Optional.empty());
  }

  private CompletionStage<Answer> retry(Call call) {
    Fields fields = Fields.of(call.jsonOrEmpty());
    Optional<String> task = fields.text("task");
    fields.check();
    return control(call, Verb.RETRY, Optional.empty(), task);
  }

  private CompletionStage<Answer> control(
      Call call, Verb verb, Optional<String> reason, Optional<String> task) {
    RunId run = RunIds.take(call);
    return rooms
        .runs()
        .ask(run, to -> new RunCommand.Control(verb, call.by().id(), reason, task, to))
        .thenApply(Answer::accepted);
  }

  /** An ended run is deleted; a tombstone says who did it, and its id stays used. */
  private CompletionStage<Answer> delete(Call call) {
    RunId run = RunIds.take(call);
    Optional<String> reason = call.query("reason");
    return audit
        .heldBy(run.tenant(), run.id())
        .thenCompose(
            hold -> {
              hold.ifPresent(
                  name -> {
                    throw Problem.conflict("the legal hold " + name + " keeps this run");
                  });
              return rooms
                  .runs()
                  .done(
                      run,
                      to ->
                          new RunCommand.Control(
                              Verb.DELETE, call.by().id(), reason, Optional.empty(), to));
            })
        .thenApply(_ -> Answer.nothing());
  }

  private CompletionStage<Answer> resolve(Call call) {
    RunId run = RunIds.take(call);
    Fields fields = Fields.of(call.json());
    String task = fields.need("task");
    fields.need("outcome");
    String outcome = fields.choice("outcome", OUTCOMES);
    Optional<JsonNode> result = fields.any("result");
    String reason = fields.need("reason");
    fields.check();
    return rooms
        .runs()
        .ask(
            run,
            result,
            (light, to) -> new RunCommand.Resolve(task, outcome, light, reason, call.by().id(), to))
        .thenApply(Answer::accepted);
  }
}
