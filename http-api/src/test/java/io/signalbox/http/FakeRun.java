package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.RunReply;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.run.RunView;
import io.signalbox.protocol.run.RunView.WaitingFor;
import io.signalbox.protocol.run.StartRun;
import io.signalbox.protocol.run.Usage;
import io.signalbox.protocol.run.WorkflowError;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A run that becomes what its input says: {@code {"be": "completed|waiting|running|faulted|busy"}}.
 */
final class FakeRun {
  private FakeRun() {}

  static Behavior<RunCommand> create(World world, RunId id) {
    return Behaviors.receiveMessage(
        command -> {
          world.commands.add(command);
          switch (command) {
            case RunCommand.Start it -> it.replyTo().tell(start(world, id, it.order()));
            case RunCommand.Get it -> tell(world, id, it.replyTo());
            case RunCommand.Await it -> {
              if (world.run(id).map(r -> r.status() != RunStatus.RUNNING).orElse(true)) {
                tell(world, id, it.replyTo());
              }
            }
            case RunCommand.Control it -> tell(world, id, it.replyTo());
            case RunCommand.Resolve it -> tell(world, id, it.replyTo());
            case RunCommand.GetApproval it -> it.replyTo().tell(approval(id, it.approvalId()));
            case RunCommand.Decide it -> it.replyTo().tell(decided(id, it));
            default -> {
              // nothing else comes from this room
            }
          }
          return Behaviors.same();
        });
  }

  private static void tell(World world, RunId id, ActorRef<RunReply> replyTo) {
    replyTo.tell(
        world
            .run(id)
            .<RunReply>map(RunReply.Is::new)
            .orElseGet(() -> new RunReply.Refused(new Refusal.NotFound("no run " + id.id()))));
  }

  private static RunReply start(World world, RunId id, StartRun order) {
    String be = be(order.input());
    if (be.equals("busy")) {
      return new RunReply.Refused(Fakes.BUSY);
    }
    if (world.runs.containsKey(id)) {
      return new RunReply.Refused(new Refusal.Conflict("the id was used before"));
    }
    world.orders.put(id, order);
    RunView run = view(id, order, RunStatus.parse(be));
    world.runs.put(id, run);
    world.happened(id, "workflow.started");
    if (run.status() == RunStatus.COMPLETED) {
      world.happened(id, "workflow.completed");
    }
    return new RunReply.Is(run);
  }

  private static String be(JsonNode input) {
    JsonNode inner = input.has("arguments") ? input.path("arguments") : input.path("data");
    return inner.path("be").asText(input.path("be").asText("completed"));
  }

  private static RunView view(RunId id, StartRun order, RunStatus status) {
    JsonNode input = order.input();
    JsonNode error = input.path("arguments").path("error");
    List<WaitingFor> waiting =
        status == RunStatus.WAITING
            ? List.of(
                new WaitingFor(
                    "approval", "/do/0/a", Optional.of(id.id() + "-3"), Optional.empty(), "a yes"))
            : List.of();
    return new RunView(
        id.id(),
        order.workflow(),
        order.digest(),
        status,
        input,
        status == RunStatus.COMPLETED
            ? Optional.of(Json.object().put("ok", true))
            : Optional.empty(),
        status == RunStatus.FAULTED
            ? Optional.of(
                WorkflowError.standard(
                    error.path("kind").asText(),
                    error.path("status").asInt(),
                    error.path("title").asText(),
                    "detail",
                    "/do/0/a"))
            : Optional.empty(),
        order.labels(),
        World.T,
        Optional.empty(),
        waiting,
        List.of(),
        Usage.NONE);
  }

  private static RunReply approval(RunId run, String id) {
    return id.equals(run.id() + "-3")
        ? new RunReply.IsApproval(question(run, id))
        : new RunReply.Refused(new Refusal.NotFound("no approval " + id));
  }

  private static RunReply decided(RunId run, RunCommand.Decide it) {
    return it.by().roles().contains("compliance")
        ? approval(run, it.approvalId())
        : new RunReply.Refused(new Refusal.NotAllowed("not an approver", "approval-approvers"));
  }

  private static ApprovalView question(RunId run, String id) {
    return new ApprovalView(
        id,
        run.id(),
        "/do/0/a",
        "open",
        "May I?",
        Json.object(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "user:root",
        List.of("role:compliance"),
        1,
        World.T,
        Optional.empty(),
        List.of(),
        0,
        List.of());
  }
}
