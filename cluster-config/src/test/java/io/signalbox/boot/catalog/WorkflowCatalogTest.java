package io.signalbox.boot.catalog;

import static io.signalbox.boot.catalog.Desk.PATIENCE;
import static io.signalbox.boot.catalog.Desk.now;
import static io.signalbox.boot.catalog.Desk.refusal;
import static io.signalbox.boot.catalog.Desk.workflow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.boot.TestDatabase;
import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.catalog.CatalogReply.Found;
import io.signalbox.protocol.catalog.CatalogReply.Gone;
import io.signalbox.protocol.catalog.CatalogReply.Kept;
import io.signalbox.protocol.catalog.CatalogReply.Page;
import io.signalbox.protocol.catalog.Resource;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.runtime.catalog.Catalog;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WorkflowCatalogTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final Desk desk =
      Desk.open(KIT, Catalog.open(DATABASE.database(), List.of(Desk.BUILTIN)));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void aDeployedWorkflowIsKeptOnceAndFoundAgain() throws Exception {
    String text = workflow("greet", "1.0.0", "set: {hello: world}");
    Kept first = (Kept) desk.ask(to -> new CatalogCommand.DeployWorkflow("t1", text, to));
    assertThat(first.created()).isTrue();
    assertThat(first.resource().source()).isEqualTo(text);
    Kept again = (Kept) desk.ask(to -> new CatalogCommand.DeployWorkflow("t1", text, to));
    assertThat(again).isEqualTo(new Kept(first.resource(), false));

    assertThat(desk.get("t1", "greet", Optional.empty())).isEqualTo(new Found(first.resource()));
    assertThat(desk.get("t1", "greet", Optional.of("1.0.0")))
        .isEqualTo(new Found(first.resource()));
    assertThat(refusal(desk.get("t1", "greet", Optional.of("2.0.0"))))
        .isInstanceOf(Refusal.NotFound.class);
    assertThat(refusal(desk.get("t2", "greet", Optional.empty())))
        .isInstanceOf(Refusal.NotFound.class);

    Definition definition =
        now(desk.catalog().definitions().byDigest("t1", first.resource().digest()));
    assertThat(definition.steps()).containsOnlyKeys("/do/0/it");
    assertThatThrownBy(() -> now(desk.catalog().definitions().byDigest("t2", definition.digest())))
        .hasCauseInstanceOf(NoSuchElementException.class);
  }

  @Test
  void theSameVersionWithOtherContentIsAConflict() {
    desk.deploy("t3", workflow("greet", "1.0.0", "set: {hello: world}"));
    CatalogReply other =
        desk.ask(
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
      desk.actor().tell(new CatalogCommand.DeployWorkflow("t4", text, probe.ref()));
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
        desk.ask(
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
            desk.ask(
                to ->
                    new CatalogCommand.GetWorkflow(
                        "anyone", "signalbox", "call-tool", Optional.empty(), to));
    assertThat(
            now(desk.catalog().definitions().byDigest("anyone", tool.resource().digest())).steps())
        .containsOnlyKeys("/do/0/call");
    Found agent =
        (Found)
            desk.ask(
                to ->
                    new CatalogCommand.GetWorkflow(
                        "anyone", "signalbox", "ask-agent", Optional.empty(), to));
    assertThat(
            now(desk.catalog().definitions().byDigest("anyone", agent.resource().digest())).steps())
        .containsOnlyKeys("/do/0/ask");
    String mine =
        workflow("mine", "1.0.0", "set: {a: 1}").replace("namespace: test", "namespace: signalbox");
    CatalogReply reply = desk.ask(to -> new CatalogCommand.DeployWorkflow("t6", mine, to));
    assertThat(((Refusal.Invalid) refusal(reply)).faults())
        .extracting(Fault::pointer)
        .containsExactly("/document/namespace");
  }

  @Test
  void listsArePagedNewestFirst() {
    List<String> deployed = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String name = "w" + i;
      desk.deploy("t7", workflow(name, "1.0.0", "set: {a: 1}"));
      desk.deploy("t7", workflow(name, "1.1.0", "set: {a: 1}"));
      deployed.addFirst(name);
    }
    List<String> listed = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Optional<String> at = cursor;
      Page page =
          (Page)
              desk.ask(
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
            desk.ask(
                to ->
                    new CatalogCommand.ListWorkflows(
                        "t7", Optional.of("test"), Optional.of("w3"), 50, Optional.empty(), to));
    assertThat(versions.items()).extracting(Resource::version).containsExactly("1.1.0", "1.0.0");
    assertThat(
            refusal(
                desk.ask(
                    to ->
                        new CatalogCommand.ListWorkflows(
                            "t7", Optional.empty(), Optional.empty(), 2, Optional.of("x;"), to))))
        .isInstanceOf(Refusal.Invalid.class);
  }

  @Test
  void aWorkflowIsDeletedUnlessARunOfItGoesOn() throws Exception {
    Resource kept = desk.deploy("t8", workflow("greet", "1.0.0", "set: {a: 1}"));
    sql(
        "insert into run_view (tenant, id, namespace, workflow, version, digest, status, labels,"
            + " started_at, waiting_for, hidden, search, open) values ('t8', 'r', 'test', 'greet',"
            + " '1.0.0', '%s', 'waiting', '{}', now(), '[]', false, '', '[]')"
                .formatted(kept.digest()));
    assertThat(refusal(desk.delete("t8", "greet", "1.0.0"))).isInstanceOf(Refusal.Conflict.class);
    sql("update run_view set status = 'completed' where tenant = 't8'");
    assertThat(desk.delete("t8", "greet", "1.0.0")).isInstanceOf(Gone.class);
    assertThat(refusal(desk.delete("t8", "greet", "1.0.0"))).isInstanceOf(Refusal.NotFound.class);
    assertThat(refusal(desk.get("t8", "greet", Optional.empty())))
        .isInstanceOf(Refusal.NotFound.class);
    // a run that has ended still refers to it
    Catalog elsewhere = Catalog.open(DATABASE.database(), List.of());
    assertThat(now(elsewhere.definitions().byDigest("t8", kept.digest())).ref().name())
        .isEqualTo("greet");
    assertThat(desk.deploy("t8", workflow("greet", "1.0.0", "set: {a: 2}")).version())
        .isEqualTo("1.0.0");
  }

  @Test
  void workflowsScheduledOnEventsAreKnownByTheirNewestVersion() throws Exception {
    assertThat(now(desk.catalog().definitions().scheduledOnEvents("t12"))).isEmpty();
    String on = "schedule: {on: {one: {with: {type: com.example.opened}}}}\n";
    desk.deploy("t12", on + workflow("hook", "1.0.0", "set: {a: 1}"));
    desk.deploy("t12", on + workflow("hook", "1.1.0", "set: {a: 1}"));
    desk.deploy("t12", workflow("other", "1.0.0", "set: {a: 1}"));
    assertThat(now(desk.catalog().definitions().scheduledOnEvents("t12")))
        .extracting(it -> it.ref().version())
        .containsExactly("1.1.0");
    desk.deploy("t12", workflow("hook", "1.2.0", "set: {a: 1}"));
    assertThat(now(desk.catalog().definitions().scheduledOnEvents("t12"))).isEmpty();
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
}
