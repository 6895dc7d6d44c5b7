package io.signalbox.boot.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.signalbox.protocol.catalog.CatalogReply.Refused;
import io.signalbox.protocol.catalog.Resource;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.catalog.Catalog;
import io.signalbox.runtime.storage.Database;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CatalogTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ToolDefinition BUILTIN = tool("github.comment", "builtin", "post");

  private final Catalog catalog = Catalog.open(DATABASE.database(), List.of(BUILTIN));
  private final ActorRef<CatalogCommand> actor = KIT.spawn(catalog.actor());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void aDeployedWorkflowIsKeptOnceAndFoundAgain() throws Exception {
    String text = workflow("greet", "1.0.0", "set: {hello: world}");
    Kept first = (Kept) ask(to -> new CatalogCommand.DeployWorkflow("t1", text, to));
    assertThat(first.created()).isTrue();
    assertThat(first.resource().source()).isEqualTo(text);
    Kept again = (Kept) ask(to -> new CatalogCommand.DeployWorkflow("t1", text, to));
    assertThat(again).isEqualTo(new Kept(first.resource(), false));

    assertThat(get("t1", "greet", Optional.empty())).isEqualTo(new Found(first.resource()));
    assertThat(get("t1", "greet", Optional.of("1.0.0"))).isEqualTo(new Found(first.resource()));
    assertThat(refusal(get("t1", "greet", Optional.of("2.0.0"))))
        .isInstanceOf(Refusal.NotFound.class);
    assertThat(refusal(get("t2", "greet", Optional.empty()))).isInstanceOf(Refusal.NotFound.class);

    Definition definition = now(catalog.definitions().byDigest("t1", first.resource().digest()));
    assertThat(definition.steps()).containsOnlyKeys("/do/0/it");
    assertThatThrownBy(() -> now(catalog.definitions().byDigest("t2", definition.digest())))
        .hasCauseInstanceOf(NoSuchElementException.class);
  }

  @Test
  void theSameVersionWithOtherContentIsAConflict() {
    deploy("t3", workflow("greet", "1.0.0", "set: {hello: world}"));
    CatalogReply other =
        ask(
            to ->
                new CatalogCommand.DeployWorkflow(
                    "t3", workflow("greet", "1.0.0", "set: {hello: moon}"), to));
    assertThat(refusal(other)).isInstanceOf(Refusal.Conflict.class);
  }

  @Test
  void manyNodesDeployingAtOnceKeepOne() {
    String text = workflow("race", "1.0.0", "set: {hello: world}");
    ActorRef<CatalogCommand> other =
        KIT.spawn(Catalog.open(DATABASE.database(), List.of()).actor());
    TestProbe<CatalogReply> probe = KIT.createTestProbe();
    for (int i = 0; i < 20; i++) {
      actor.tell(new CatalogCommand.DeployWorkflow("t4", text, probe.ref()));
      other.tell(new CatalogCommand.DeployWorkflow("t4", text, probe.ref()));
    }
    long created = 0;
    for (int i = 0; i < 40; i++) {
      created += ((Kept) probe.receiveMessage(PATIENCE)).created() ? 1 : 0;
    }
    assertThat(created).isEqualTo(1);
  }

  @Test
  void anInvalidDefinitionIsRefusedWithEveryFault() {
    CatalogReply reply =
        ask(
            to ->
                new CatalogCommand.DeployWorkflow(
                    "t5", workflow("bad", "1.0.0", "set: {a: '${ . + }', b: '${ $no }'}"), to));
    assertThat(((Refusal.Invalid) refusal(reply)).faults())
        .extracting(Fault::pointer)
        .containsExactly("/do/0/it/set/a", "/do/0/it/set/b");
  }

  @Test
  void builtInWorkflowsAreThereAndTheirNamespaceIsReserved() throws Exception {
    Found tool =
        (Found)
            ask(
                to ->
                    new CatalogCommand.GetWorkflow(
                        "anyone", "signalbox", "call-tool", Optional.empty(), to));
    assertThat(now(catalog.definitions().byDigest("anyone", tool.resource().digest())).steps())
        .containsOnlyKeys("/do/0/call");
    Found agent =
        (Found)
            ask(
                to ->
                    new CatalogCommand.GetWorkflow(
                        "anyone", "signalbox", "ask-agent", Optional.empty(), to));
    assertThat(now(catalog.definitions().byDigest("anyone", agent.resource().digest())).steps())
        .containsOnlyKeys("/do/0/ask");
    String mine =
        workflow("mine", "1.0.0", "set: {a: 1}").replace("namespace: test", "namespace: signalbox");
    CatalogReply reply = ask(to -> new CatalogCommand.DeployWorkflow("t6", mine, to));
    assertThat(((Refusal.Invalid) refusal(reply)).faults())
        .extracting(Fault::pointer)
        .containsExactly("/document/namespace");
  }

  @Test
  void listsArePagedNewestFirst() {
    List<String> deployed = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String name = "w" + i;
      deploy("t7", workflow(name, "1.0.0", "set: {a: 1}"));
      deploy("t7", workflow(name, "1.1.0", "set: {a: 1}"));
      deployed.addFirst(name);
    }
    List<String> listed = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Optional<String> at = cursor;
      Page page =
          (Page)
              ask(
                  to ->
                      new CatalogCommand.ListWorkflows(
                          "t7", Optional.empty(), Optional.empty(), 2, at, to));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(2);
      page.items().forEach(it -> assertThat(it.version()).isEqualTo("1.1.0"));
      page.items().stream().map(Resource::name).forEach(listed::add);
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    assertThat(listed).isEqualTo(deployed);
    Page versions =
        (Page)
            ask(
                to ->
                    new CatalogCommand.ListWorkflows(
                        "t7", Optional.of("test"), Optional.of("w3"), 50, Optional.empty(), to));
    assertThat(versions.items()).extracting(Resource::version).containsExactly("1.1.0", "1.0.0");
    assertThat(
            refusal(
                ask(
                    to ->
                        new CatalogCommand.ListWorkflows(
                            "t7", Optional.empty(), Optional.empty(), 2, Optional.of("x;"), to))))
        .isInstanceOf(Refusal.Invalid.class);
  }

  @Test
  void aWorkflowIsDeletedUnlessARunOfItGoesOn() throws Exception {
    Resource kept = deploy("t8", workflow("greet", "1.0.0", "set: {a: 1}"));
    sql(
        "insert into run_view (tenant, id, namespace, workflow, version, digest, status, labels,"
            + " started_at, waiting_for, hidden, search, open) values ('t8', 'r', 'test', 'greet',"
            + " '1.0.0', '%s', 'waiting', '{}', now(), '[]', false, '', '[]')"
                .formatted(kept.digest()));
    assertThat(refusal(delete("t8", "greet", "1.0.0"))).isInstanceOf(Refusal.Conflict.class);
    sql("update run_view set status = 'completed' where tenant = 't8'");
    assertThat(delete("t8", "greet", "1.0.0")).isInstanceOf(Gone.class);
    assertThat(refusal(delete("t8", "greet", "1.0.0"))).isInstanceOf(Refusal.NotFound.class);
    assertThat(refusal(get("t8", "greet", Optional.empty()))).isInstanceOf(Refusal.NotFound.class);
    // a run that has ended still refers to it
    Catalog elsewhere = Catalog.open(DATABASE.database(), List.of());
    assertThat(now(elsewhere.definitions().byDigest("t8", kept.digest())).ref().name())
        .isEqualTo("greet");
    assertThat(deploy("t8", workflow("greet", "1.0.0", "set: {a: 2}")).version())
        .isEqualTo("1.0.0");
  }

  @Test
  void agentsAndToolsGetANewVersionWithEachNewBody() {
    assertThat(put("t9", tool("owners", "sql", "one")).resource().version()).isEqualTo("1");
    assertThat(put("t9", tool("owners", "sql", "one")).created()).isFalse();
    assertThat(put("t9", tool("owners", "sql", "two")).resource().version()).isEqualTo("2");
    Found found = (Found) ask(to -> new CatalogCommand.Get("t9", "tool", "owners", to));
    assertThat(found.resource().body().path("description").asText()).isEqualTo("two");
    AgentDefinition agent = agent("reviewer", "scripted/review");
    assertThat(
            ((Kept) ask(to -> new CatalogCommand.PutAgent("t9", agent, Json.tree(agent), to)))
                .resource()
                .kind())
        .isEqualTo("agent");
    Page tools = (Page) ask(to -> new CatalogCommand.List("t9", "tool", 1, Optional.empty(), to));
    assertThat(tools.items()).extracting(Resource::name).containsExactly("owners");
    Page rest = (Page) ask(to -> new CatalogCommand.List("t9", "tool", 1, tools.nextCursor(), to));
    assertThat(rest.items()).extracting(Resource::name).containsExactly("github.comment");
    assertThat(rest.nextCursor()).isEmpty();
    assertThat(ask(to -> new CatalogCommand.Delete("t9", "tool", "owners", to)))
        .isInstanceOf(Gone.class);
    assertThat(put("t9", tool("owners", "sql", "one")).resource().version()).isEqualTo("3");
  }

  @Test
  void agentsAndToolsThatCannotWorkAreRefused() {
    ToolDefinition bad = tool("github.comment", "grpc", "x");
    CatalogReply reply = ask(to -> new CatalogCommand.PutTool("t10", bad, Json.tree(bad), to));
    assertThat(((Refusal.Invalid) refusal(reply)).faults())
        .extracting(Fault::pointer)
        .containsExactly("/name", "/kind");
    AgentDefinition agent = agent("a b", "gpt");
    reply = ask(to -> new CatalogCommand.PutAgent("t10", agent, Json.tree(agent), to));
    assertThat(((Refusal.Invalid) refusal(reply)).faults())
        .extracting(Fault::pointer)
        .containsExactly("/name", "/model");
  }

  @Test
  void aRulebookIsCurrentAtOnceHereAndSoonElsewhere() throws Exception {
    Catalog elsewhere = Catalog.open(DATABASE.database(), List.of(BUILTIN));
    KIT.spawn(elsewhere.actor());
    assertThat(elsewhere.rulebooks().current("t11").tools()).containsOnlyKeys("github.comment");
    assertThat(now(elsewhere.rulebooks().load("t11")).version()).isZero();
    put("t11", tool("owners", "sql", "one"));
    assertThat(catalog.rulebooks().current("t11").tools())
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
  void workflowsScheduledOnEventsAreKnownByTheirNewestVersion() throws Exception {
    assertThat(now(catalog.definitions().scheduledOnEvents("t12"))).isEmpty();
    String on = "schedule: {on: {one: {with: {type: com.example.opened}}}}\n";
    deploy("t12", on + workflow("hook", "1.0.0", "set: {a: 1}"));
    deploy("t12", on + workflow("hook", "1.1.0", "set: {a: 1}"));
    deploy("t12", workflow("other", "1.0.0", "set: {a: 1}"));
    assertThat(now(catalog.definitions().scheduledOnEvents("t12")))
        .extracting(it -> it.ref().version())
        .containsExactly("1.1.0");
    deploy("t12", workflow("hook", "1.2.0", "set: {a: 1}"));
    assertThat(now(catalog.definitions().scheduledOnEvents("t12"))).isEmpty();
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

  private CatalogReply ask(Function<ActorRef<CatalogReply>, CatalogCommand> question) {
    TestProbe<CatalogReply> probe = KIT.createTestProbe();
    actor.tell(question.apply(probe.ref()));
    return probe.receiveMessage(PATIENCE);
  }

  private Resource deploy(String tenant, String text) {
    return ((Kept) ask(to -> new CatalogCommand.DeployWorkflow(tenant, text, to))).resource();
  }

  private CatalogReply get(String tenant, String name, Optional<String> version) {
    return ask(to -> new CatalogCommand.GetWorkflow(tenant, "test", name, version, to));
  }

  private CatalogReply delete(String tenant, String name, String version) {
    return ask(to -> new CatalogCommand.DeleteWorkflow(tenant, "test", name, version, to));
  }

  private Kept put(String tenant, ToolDefinition tool) {
    return (Kept) ask(to -> new CatalogCommand.PutTool(tenant, tool, Json.tree(tool), to));
  }

  private static Refusal refusal(CatalogReply reply) {
    return ((Refused) reply).refusal();
  }

  private static <T> T now(CompletionStage<T> stage)
      throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static void sql(String... statements) throws SQLException {
    DATABASE
        .database()
        .now(
            c -> {
              try (Statement statement = c.createStatement()) {
                for (String sql : statements) {
                  statement.execute(sql);
                }
              }
              return true;
            });
  }

  private static String workflow(String name, String version, String task) {
    return """
        document: {dsl: '1.0.3', namespace: test, name: %s, version: '%s'}
        do:
          - it: {%s}
        """
        .formatted(name, version, task);
  }

  private static ToolDefinition tool(String name, String kind, String description) {
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

  private static AgentDefinition agent(String name, String model) {
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

  /** A database that nobody can reach. */
  private static final class Away implements DataSource {
    @Override
    public Connection getConnection() throws SQLException {
      throw new SQLTransientConnectionException("connection refused");
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
      return new PrintWriter(java.io.Writer.nullWriter());
    }

    @Override
    public void setLogWriter(PrintWriter out) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setLoginTimeout(int seconds) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
