package io.signalbox.protocol.audit;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;

/** The way to the audit trail from any room, on any thread. */
public final class Trail {
  private final ClusterSharding sharding;

  private Trail(ClusterSharding sharding) {
    this.sharding = sharding;
  }

  public static Trail of(ActorSystem<?> system) {
    return new Trail(ClusterSharding.get(system));
  }

  /** Has it written down soon; for what must not wait, such as refusals. */
  public void tell(AuditNote note) {
    gate(note).tell(new GateCommand.Enter(id(), note, Optional.empty()));
  }

  /** Completes once it is written down; for acts that count only when they are on record. */
  public CompletionStage<GateReply> write(AuditNote note, Duration patience) {
    String id = id();
    return gate(note).ask(to -> new GateCommand.Enter(id, note, Optional.of(to)), patience);
  }

  private EntityRef<GateCommand> gate(AuditNote note) {
    return sharding.entityRefFor(GateCommand.KEY, GateId.of(note).text());
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }
}
