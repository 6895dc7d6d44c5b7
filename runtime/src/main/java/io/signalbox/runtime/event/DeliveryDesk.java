package io.signalbox.runtime.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.blob.Blobs;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.protocol.run.RunCommand;
import io.signalbox.protocol.run.RunReply;
import io.signalbox.protocol.run.StartRun;
import io.signalbox.runtime.catalog.Definitions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/**
 * Hands events to runs, so many at a time; the rest wait here, and when there are too many, not.
 */
final class DeliveryDesk {
  private final ActorContext<Object> context;
  private final Definitions definitions;
  private final Blobs blobs;
  private final EventSettings settings;
  private final ClusterSharding sharding;
  private final Deque<Delivery> waiting = new ArrayDeque<>();
  private int underWay;

  /** What became of one attempt. */
  sealed interface Attempt {
    Delivery delivery();
  }

  /** The run has it, or needs it no more. */
  record Taken(Delivery delivery) implements Attempt {}

  /** It may work another time. */
  record NotTaken(Delivery delivery, String reason) implements Attempt {}

  /** It will never work. */
  record Hopeless(Delivery delivery, String reason) implements Attempt {}

  DeliveryDesk(
      ActorContext<Object> context, Definitions definitions, Blobs blobs, EventSettings settings) {
    this.context = context;
    this.definitions = definitions;
    this.blobs = blobs;
    this.settings = settings;
    this.sharding = ClusterSharding.get(context.getSystem());
  }

  /** Begins these as soon as it can; what finds no room is found in the table in a while. */
  void deliver(List<Delivery> deliveries) {
    for (Delivery d : deliveries) {
      if (waiting.size() < settings.deliveriesHeld()) {
        waiting.add(d);
      }
    }
    goOn();
  }

  /** An attempt is over. */
  void over() {
    underWay--;
    goOn();
  }

  /** Whether there is room for all that one look into the table may find. */
  boolean roomy() {
    return waiting.size() + settings.deliveries() <= settings.deliveriesHeld();
  }

  private void goOn() {
    while (!waiting.isEmpty() && underWay < settings.deliveries()) {
      underWay++;
      begin(waiting.removeFirst());
    }
  }

  private void begin(Delivery d) {
    CompletionStage<RunReply> reply =
        d.starts()
            ? definitions.byDigest(d.run().tenant(), d.target()).thenCompose(it -> start(d, it))
            : blobs.checkIn(d.run().tenant(), d.event()).thenCompose(event -> tell(d, event));
    context.pipeToSelf(reply, (answer, failure) -> attempt(d, answer, failure));
  }

  /** A large event has been kept, and travels as a reference. */
  private CompletionStage<RunReply> tell(Delivery d, CloudEvent event) {
    return sharding
        .entityRefFor(RunCommand.KEY, d.run().text())
        .ask(
            replyTo -> new RunCommand.Deliver(d.target(), event, replyTo),
            settings.deliveryPatience());
  }

  private CompletionStage<RunReply> start(Delivery d, Definition definition) {
    return blobs
        .checkIn(d.run().tenant(), d.input().orElseThrow())
        .thenCompose(input -> start(d, definition, input));
  }

  private CompletionStage<RunReply> start(Delivery d, Definition definition, JsonNode input) {
    return sharding
        .entityRefFor(RunCommand.KEY, d.run().text())
        .ask(
            replyTo ->
                new RunCommand.Start(
                    new StartRun(
                        definition.ref(),
                        definition.digest(),
                        input,
                        Map.of("event", d.event().id()),
                        "event:" + d.event().source(),
                        false),
                    replyTo),
            settings.deliveryPatience());
  }

  private static Attempt attempt(Delivery d, RunReply answer, Throwable failure) {
    if (failure != null) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      return cause instanceof NoSuchElementException
          ? new Hopeless(d, String.valueOf(cause.getMessage()))
          : new NotTaken(d, cause.toString());
    }
    if (!(answer instanceof RunReply.Refused(Refusal why))) {
      return new Taken(d);
    }
    return switch (why) {
      // the run is gone, or was started by this very event before
      case Refusal.NotFound _, Refusal.Conflict _ -> new Taken(d);
      case Refusal.TooBusy busy -> new NotTaken(d, busy.detail());
      case Refusal.Invalid no -> new Hopeless(d, no.detail());
      case Refusal.NotAllowed no -> new Hopeless(d, no.detail());
    };
  }
}
