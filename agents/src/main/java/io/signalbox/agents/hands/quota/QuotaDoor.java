package io.signalbox.agents.hands.quota;

import io.signalbox.protocol.quota.QuotaCommand;
import io.signalbox.protocol.quota.QuotaReply;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/** The way to a tenant's keeper of quotas, wherever in the cluster it lives. */
@FunctionalInterface
public interface QuotaDoor {
  /** Asks once; fails when no answer comes in time. */
  CompletionStage<QuotaReply> ask(
      String tenant, Function<ActorRef<QuotaReply>, QuotaCommand> question, Duration patience);

  static QuotaDoor sharded(ActorSystem<?> system) {
    var sharding = ClusterSharding.get(system);
    return (tenant, question, patience) ->
        sharding.entityRefFor(QuotaCommand.KEY, tenant).ask(question::apply, patience);
  }
}
