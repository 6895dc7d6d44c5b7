package io.signalbox.http;

import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.agent.SessionView;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/** Asks the entities of agents' sessions. */
record Sessions(ActorSystem<?> system, Duration patience) {

  CompletionStage<SessionView> get(SessionId session) {
    return ClusterSharding.get(system)
        .entityRefFor(SessionCommand.KEY, session.text())
        .ask(SessionCommand.Get::new, patience);
  }
}
