package io.signalbox.boot.catalog;

import static io.signalbox.boot.catalog.Desk.PATIENCE;
import static io.signalbox.boot.catalog.Desk.agent;
import static io.signalbox.boot.catalog.Desk.now;
import static io.signalbox.boot.catalog.Desk.refusal;
import static io.signalbox.boot.catalog.Desk.tool;
import static io.signalbox.boot.catalog.Desk.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.boot.TestDatabase;
import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.catalog.CatalogReply.Found;
import io.signalbox.protocol.catalog.CatalogReply.Gone;
import io.signalbox.protocol.catalog.CatalogReply.Kept;
import io.signalbox.protocol.catalog.CatalogReply.Page;
import io.signalbox.protocol.catalog.Resource;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.catalog.Catalog;
import io.signalbox.runtime.storage.Database;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AgentsAndToolsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final Desk desk =
      Desk.open(KIT, Catalog.open(DATABASE.database(), List.of(Desk.BUILTIN)));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void agentsAndToolsGetANewVersionWithEachNewBody() {
    assertThat(desk.put("t9", tool("owners", "sql", "one")).resource().version()).isEqualTo("1");
    assertThat(desk.put("t9", tool("owners", "sql", "one")).created()).isFalse();
    assertThat(desk.put("t9", tool("owners", "sql", "two")).resource().version()).isEqualTo("2");
    Found found = (Found) desk.ask(to -> new CatalogCommand.Get("t9", "tool", "owners", to));
    assertThat(found.resource().body().path("description").asText()).isEqualTo("two");
    AgentDefinition agent = agent("reviewer", "scripted/review");
    assertThat(
            ((Kept) desk.ask(to -> new CatalogCommand.PutAgent("t9", agent, Json.tree(agent), to)))
                .resource()
                .kind())
        .isEqualTo("agent");
    Page tools =
        (Page) desk.ask(to -> new CatalogCommand.List("t9", "tool", 1, Optional.empty(), to));
    assertThat(tools.items()).extracting(Resource::name).containsExactly("owners");
    Page rest =
        (Page) desk.ask(to -> new CatalogCommand.List("t9", "tool", 1, tools.nextCursor(), to));
    assertThat(rest.items()).extracting(Resource::name).containsExactly("github.comment");
    assertThat(rest.nextCursor()).isEmpty();
    assertThat(desk.ask(to -> new CatalogCommand.Delete("t9", "tool", "owners", to)))
        .isInstanceOf(Gone.class);
    assertThat(desk.put("t9", tool("owners", "sql", "one")).resource().version()).isEqualTo("3");
  }

  @Test
  void agentsAndToolsThatCannotWorkAreRefused() {
    ToolDefinition bad = tool("github.comment", "grpc", "x");
    CatalogReply reply = desk.ask(to -> new CatalogCommand.PutTool("t10", bad, Json.tree(bad), to));
    assertThat(((Refusal.Invalid) refusal(reply)).faults())
        .extracting(Fault::pointer)
        .containsExactly("/name", "/kind");
    AgentDefinition agent = agent("a b", "gpt");
    reply = desk.ask(to -> new CatalogCommand.PutAgent("t10", agent, Json.tree(agent), to));
    assertThat(((Refusal.Invalid) refusal(reply)).faults())
        .extracting(Fault::pointer)
        .containsExactly("/name", "/model");
  }

  @Test
  void aRulebookIsCurrentAtOnceHereAndSoonElsewhere() throws Exception {
    Catalog elsewhere = Catalog.open(DATABASE.database(), List.of(Desk.BUILTIN));
    KIT.spawn(elsewhere.actor());
    assertThat(elsewhere.rulebooks().current("t11").tools()).containsOnlyKeys("github.comment");
    assertThat(now(elsewhere.rulebooks().load("t11")).version()).isZero();
    desk.put("t11", tool("owners", "sql", "one"));
    assertThat(desk.catalog().rulebooks().current("t11").tools())
        .containsOnlyKeys("github.comment", "owners");
    TestProbe<CatalogReply> probe = KIT.createTestProbe();
    probe.awaitAssert(
        Duration.ofSeconds(5),
        () -> {
          assertThat(elsewhere.rulebooks().current("t11").tools()).containsKey("owners");
          return true;
        });
  }

  @Test
  void withTheDatabaseAwayTheAnswerIsTooBusy() {
    ActorRef<CatalogCommand> lost =
        KIT.spawn(
            Catalog.open(
                    new Database(new Away(), Executors.newVirtualThreadPerTaskExecutor()),
                    List.of())
                .actor());
    TestProbe<CatalogReply> probe = KIT.createTestProbe();
    lost.tell(
        new CatalogCommand.DeployWorkflow(
            "t13", workflow("greet", "1.0.0", "set: {a: 1}"), probe.ref()));
    assertThat(refusal(probe.receiveMessage(PATIENCE))).isInstanceOf(Refusal.TooBusy.class);
  }
}
