package io.signalbox.http;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.run.RunCommand;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.sharding.ShardRegion.ClusterShardingStats;
import org.apache.pekko.cluster.sharding.typed.GetClusterShardingStats;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;

/** The cluster as this node sees it: members, leader, and where the shards are. */
final class ClusterRoutes {
  private final ActorSystem<?> system;
  private final Duration patience;

  ClusterRoutes(ActorSystem<?> system, Duration patience) {
    this.system = system;
    this.patience = patience;
  }

  List<Endpoint> endpoints() {
    return List.of(Endpoint.get("/v1/cluster", this::cluster));
  }

  private CompletionStage<Answer> cluster(Call call) {
    if (!operates(call)) {
      return completedStage(Answer.ok(body(Map.of())));
    }
    return stats(RunCommand.KEY)
        .thenCombine(
            stats(SessionCommand.KEY),
            (runs, sessions) -> Answer.ok(body(Map.of("run", runs, "session", sessions))));
  }

  /** How much there is of everybody's is for those who run the gateway. */
  private static boolean operates(Call call) {
    return call.tenant().equals("default") && call.by().rights().everywhere("admin:cluster:read");
  }

  private ObjectNode body(Map<String, ClusterShardingStats> types) {
    CurrentClusterState state = Cluster.get(system).state();
    ObjectNode body =
        Json.object().put("self", Cluster.get(system).selfMember().address().toString());
    Address leader = state.getLeader();
    if (leader != null) {
      body.put("leader", leader.toString());
    }
    ArrayNode members = body.putArray("members");
    for (Member member : state.getMembers()) {
      ObjectNode line = members.addObject().put("address", member.address().toString());
      line.put("status", member.status().toString().toLowerCase(Locale.ROOT));
      line.put("reachable", !state.getUnreachable().contains(member));
      line.put("version", member.appVersion().toString());
      line.set("roles", Json.tree(member.getRoles()));
    }
    ArrayNode shards = body.putArray("shards");
    new TreeMap<>(types).forEach((type, stats) -> count(type, stats, shards));
    return body;
  }

  private static void count(String type, ClusterShardingStats stats, ArrayNode shards) {
    stats
        .getRegions()
        .forEach(
            (node, region) -> {
              ObjectNode line = shards.addObject().put("node", node.toString()).put("type", type);
              line.put("shards", region.getStats().size());
              line.put(
                  "entities",
                  region.getStats().values().stream()
                      .mapToLong(n -> Long.parseLong(n.toString()))
                      .sum());
            });
  }

  private CompletionStage<ClusterShardingStats> stats(EntityTypeKey<?> key) {
    return AskPattern.ask(
        ClusterSharding.get(system).shardState(),
        to -> new GetClusterShardingStats(key, patience, to),
        patience,
        system.scheduler());
  }
}
