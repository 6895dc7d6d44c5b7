package io.signalbox.boot.catalog;

import io.signalbox.protocol.Json;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.catalog.CatalogReply.Kept;
import io.signalbox.protocol.catalog.CatalogReply.Refused;
import io.signalbox.protocol.catalog.Resource;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.catalog.Catalog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;

/** One node's catalog, and what tests ask of it. */
record Desk(ActorTestKit kit, Catalog catalog, ActorRef<CatalogCommand> actor) {
  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final ToolDefinition BUILTIN = tool("github.comment", "builtin", "post");

  static Desk open(ActorTestKit kit, Catalog catalog) {
    return new Desk(kit, catalog, kit.spawn(catalog.actor()));
  }

  CatalogReply ask(Function<ActorRef<CatalogReply>, CatalogCommand> question) {
    TestProbe<CatalogReply> probe = kit.createTestProbe();
    actor.tell(question.apply(probe.ref()));
    return probe.receiveMessage(PATIENCE);
  }

  Resource deploy(String tenant, String text) {
    return ((Kept) ask(to -> new CatalogCommand.DeployWorkflow(tenant, text, to))).resource();
  }

  CatalogReply get(String tenant, String name, Optional<String> version) {
    return ask(to -> new CatalogCommand.GetWorkflow(tenant, "test", name, version, to));
  }

  CatalogReply delete(String tenant, String name, String version) {
    return ask(to -> new CatalogCommand.DeleteWorkflow(tenant, "test", name, version, to));
  }

  Kept put(String tenant, ToolDefinition tool) {
    return (Kept) ask(to -> new CatalogCommand.PutTool(tenant, tool, Json.tree(tool), to));
  }

  static Refusal refusal(CatalogReply reply) {
    return ((Refused) reply).refusal();
  }

  static <T> T now(CompletionStage<T> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  static String workflow(String name, String version, String task) {
    return """
        document: {dsl: '1.0.3', namespace: test, name: %s, version: '%s'}
        do:
          - it: {%s}
        """
        .formatted(name, version, task);
  }

  static ToolDefinition tool(String name, String kind, String description) {
    return new ToolDefinition(
        name,
        kind,
        description,
        Json.object(),
        Optional.empty(),
        Risk.READ,
        OnUnknownOutcome.ASK,
        Duration.ofSeconds(30),
        List.of(),
        Json.object());
  }

  static AgentDefinition agent(String name, String model) {
    return new AgentDefinition(
        name,
        "reviewer",
        "review",
        "be brief",
        model,
        List.of("owners"),
        Optional.empty(),
        AgentDefinition.Limits.STANDARD,
        Optional.empty());
  }
}
