package io.signalbox.agents.notify;

import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.secrets.Vault;
import io.signalbox.agents.hands.web.Wire;
import io.signalbox.protocol.notify.Errand.Report;
import io.signalbox.protocol.notify.Errand;
import io.signalbox.protocol.run.Outcome;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Brings each message on a virtual thread of its own and reports once what became of it. How many
 * are on their way at a time is up to who sends them.
 */
public final class Courier {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Routes routes;
  private final Wire wire;

  private Courier(CourierSettings settings, Wire wire, Vault vault, InstantSource clock) {
    this.wire = wire;
    this.routes = new Routes(settings, wire, vault, clock);
  }

  /** A node's courier; it owns the wire. */
  public static Behavior<Errand> create(
      CourierSettings settings, java.util.function.Supplier<Wire> wire, Vault vault, InstantSource clock) {
    return Behaviors.setup(
        _ -> {
          Courier courier = new Courier(settings, wire.get(), vault, clock);
          return Behaviors.receive(Errand.class)
              .onMessage(Errand.class, courier::take)
              .onSignal(PreRestart.class, _ -> courier.stop())
              .onSignal(PostStop.class, _ -> courier.stop())
              .build();
        });
  }

  private Behavior<Errand> take(Errand errand) {
    threads.execute(() -> errand.replyTo().tell(report(errand)));
    return Behaviors.same();
  }

  private Report report(Errand errand) {
    try {
      return new Report.Delivered(errand.id(), routes.bring(errand));
    } catch (Setback e) {
      return switch (e.outcome()) {
        case Outcome.Failed f -> 
            new Report.Failed(
                errand.id(),
                f.detail(),
                !f.kind().equals("configuration") && forGood(f.status()));
        case Outcome.Unknown u -> new Report.Failed(errand.id(), u.detail(), false);
        case Outcome.Absent _, Outcome.Succeeded _ ->
            new Report.Failed(errand.id(), "nothing was sent", false);
      };
    } catch (RuntimeException e) {
      return new Report.Failed(errand.id(), "the courier stumbled: " + e, false);
    }
  }

  /** What the other side will not take the next time either. */
  private static boolean forGood(int status) {
    return status == 400 || status == 404 || status == 410 || status == 413 || status == 422;
  }

  private Behavior<Errand> stop() {
    threads.shutdownNow();
    wire.close();
    return Behaviors.same();
  }
}
