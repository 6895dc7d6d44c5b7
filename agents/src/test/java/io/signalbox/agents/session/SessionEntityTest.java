package io.signalbox.agents.session;

import static io.signalbox.agents.session.Samples.SESSION;
import static io.signalbox.agents.session.Samples.agent;
import static io.signalbox.agents.session.Samples.converse;
import static io.signalbox.agents.session.Samples.done;
import static io.signalbox.agents.session.Samples.scripted;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.signalbox.agents.model.Line;
import io.signalbox.agents.model.Model;
import io.signalbox.agents.model.ModelRequest;
import io.signalbox.agents.model.Models;
import io.signalbox.agents.model.ModelsSettings;
import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.agent.SessionFact;
import io.signalbox.protocol.agent.SessionTurn;
import io.signalbox.protocol.agent.SessionView;
import io.signalbox.protocol.journal.JournalRow;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.RunCommand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding.Passivate;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding.ShardCommand;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionEntityTest {
  private static final String READS_A_DIFF =
      "[{'tool':'github.get-diff','arguments':{'number':'{{data.number}}'}},{'reply':'all fine'}]";
  private static final SessionSettings SETTINGS =
      new SessionSettings(
          100,
          Duration.ofMinutes(1),
          Duration.ofSeconds(20),
          2,
          Duration.ofMillis(1),
          Duration.ofSeconds(1));
  private final ActorTestKit kit =
      ActorTestKit.create(EventSourcedBehaviorTestKit.config().withFallback(ConfigFactory.load()));
  private final TestProbe<RunCommand> run = kit.createTestProbe(RunCommand.class);
  private final TestProbe<ShardCommand> shard = kit.createTestProbe(ShardCommand.class);
  private final BlockingQueue<ModelRequest> asked = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private EventSourcedBehaviorTestKit<SessionCommand, JournalRow<SessionTurn>, SessionState>
      session(Model model, SessionSettings settings) {
    Model watched =
        request -> {
          asked.add(request);
          return model.ask(request);
        };
    return EventSourcedBehaviorTestKit.create(
        kit.system(),
        SessionEntity.create(
            SESSION,
            settings,
            watched,
            (_, command) -> run.getRef().tell(command),
            shard.getRef()));
  }

  private EventSourcedBehaviorTestKit<SessionCommand, JournalRow<SessionTurn>, SessionState>
      session() {
    var settings = ModelsSettings.from(ConfigFactory.load().getConfig("signalbox.agents.models"));
    return session(Models.of(settings), SETTINGS);
  }

  private Outcome outcome() {
    return run.expectMessageClass(RunCommand.Performed.class).outcome();
  }

  @Test
  void aMessageGoesThroughModelToolAndModelToItsReply() {
    var session = session();
    session.runCommand(converse("k1", scripted(READS_A_DIFF)));
    var wanted = run.expectMessageClass(RunCommand.RequestTool.class);
    assertThat(wanted.session()).isEqualTo(SESSION);
    assertThat(wanted.tool()).isEqualTo("github.get-diff");
    assertThat(wanted.arguments().path("number").asInt()).isEqualTo(7);
    session.runCommand(
        new SessionCommand.ToolSettled("k1", wanted.callId(), done("{'diff':'+x'}")));
    var performed = run.expectMessageClass(RunCommand.Performed.class);
    assertThat(performed.key()).isEqualTo("k1");
    var reply = (Outcome.Succeeded) performed.outcome();
    assertThat(reply.result().path("message").asText()).isEqualTo("all fine");
    assertThat(reply.result().path("metadata").path("scripted").asBoolean()).isTrue();
    SessionView view = session.<SessionView>runCommand(SessionCommand.Get::new).reply();
    assertThat(view.status()).isEqualTo("idle");
    assertThat(view.transcript()).hasSize(4);
  }

  @Test
  void theRowsAreChainedByDigests() {
    var session = session();
    session.runCommand(converse("k1", scripted("[{'reply':'hi'}]")));
    outcome();
    List<Object> rows =
        session.persistenceTestKit().persistedInStorage("session|" + SESSION.text());
    assertThat(rows).hasSize(2);
    String previous = "";
    for (Object stored : rows) {
      SessionTurn turn = (SessionTurn) ((JournalRow<?>) stored).turn();
      assertThat(turn.previous()).isEqualTo(previous);
      previous = ((JournalRow<?>) stored).digest();
    }
    assertThat(session.getState().digest()).isEqualTo(previous);
  }

  @Test
  void recoveryInTheMiddleOfAToolCallGoesOn() {
    var session = session();
    session.runCommand(converse("k1", scripted(READS_A_DIFF)));
    var wanted = run.expectMessageClass(RunCommand.RequestTool.class);
    session.restart();
    assertThat(run.expectMessageClass(RunCommand.RequestTool.class)).isEqualTo(wanted);
    session.runCommand(new SessionCommand.ToolSettled("k1", wanted.callId(), done("{}")));
    assertThat(outcome()).isInstanceOf(Outcome.Succeeded.class);
    assertThat(asked).hasSize(2);
  }

  @Test
  void recoveryInTheMiddleOfAModelCallAsksAgain() {
    AtomicInteger calls = new AtomicInteger();
    BlockingQueue<ModelAnswer> late = new LinkedBlockingQueue<>();
    var session =
        session(
            _ -> {
              try {
                return calls.incrementAndGet() == 1 ? late.take() : Samples.text("second");
              } catch (InterruptedException e) {
                return new ModelAnswer.Failed(500, "interrupted");
              }
            },
            SETTINGS);
    session.runCommand(converse("k1", agent()));
    session.restart();
    var reply = (Outcome.Succeeded) outcome();
    assertThat(reply.result().path("message").asText()).isEqualTo("second");
    run.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void aFailedWriteIsSurvivedAndTheMessageSentAgainGoesThrough() {
    var behavior =
        SessionEntity.create(
            SESSION,
            SETTINGS,
            _ -> Samples.text("hi"),
            (_, command) -> run.getRef().tell(command),
            shard.getRef());
    var journal = session().persistenceTestKit();
    journal.clearAll();
    journal.failNextPersisted("session|" + SESSION.text());
    var session = kit.spawn(behavior);
    session.tell(converse("k1", agent()));
    session.tell(converse("k1", agent()));
    assertThat(outcome()).isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void aSessionThatStopsStopsItsModelCall() throws InterruptedException {
    BlockingQueue<String> interrupted = new LinkedBlockingQueue<>();
    CountDownLatch begun = new CountDownLatch(1);
    var session =
        kit.spawn(
            SessionEntity.create(
                SESSION,
                SETTINGS,
                _ -> {
                  begun.countDown();
                  try {
                    return new LinkedBlockingQueue<ModelAnswer>().take();
                  } catch (InterruptedException e) {
                    interrupted.add("yes");
                    return new ModelAnswer.Failed(500, "interrupted");
                  }
                },
                (_, command) -> run.getRef().tell(command),
                shard.getRef()));
    session.tell(converse("k9", agent()));
    begun.await();
    kit.stop(session);
    assertThat(interrupted.poll(5, TimeUnit.SECONDS)).isEqualTo("yes");
  }

  @Test
  void theSameKeyTwiceActsOnceAndIsAnsweredTwice() {
    var session = session();
    var message = converse("k1", scripted("[{'reply':'hi'}]"));
    session.runCommand(message);
    Outcome first = outcome();
    assertThat(session.runCommand(message).hasNoEvents()).isTrue();
    assertThat(outcome()).isEqualTo(first);
    session.restart();
    session.runCommand(message);
    assertThat(outcome()).isEqualTo(first);
    assertThat(asked).hasSize(1);
  }

  @Test
  void aRefusedToolIsToldToTheModel() throws InterruptedException {
    var session = session();
    session.runCommand(converse("k1", scripted(READS_A_DIFF)));
    var wanted = run.expectMessageClass(RunCommand.RequestTool.class);
    var refused = new Outcome.Failed("authorization", 403, "not granted", Optional.empty());
    session.runCommand(new SessionCommand.ToolSettled("k1", wanted.callId(), refused));
    outcome();
    asked.take();
    var line = (Line.Tool) asked.take().lines().getLast();
    assertThat(line.failed()).isTrue();
    assertThat(line.text()).contains("not granted");
  }

  @Test
  void passingFailuresOfAModelAreTriedAgainAndLastingOnesNot() {
    AtomicInteger calls = new AtomicInteger();
    var session =
        session(
            request ->
                calls.incrementAndGet() < 3
                    ? new ModelAnswer.Failed(503, "busy", Optional.of(Duration.ofMillis(2)))
                    : request.message().isEmpty()
                        ? Samples.text("never")
                        : new ModelAnswer.Failed(401, "who are you"),
            SETTINGS);
    session.runCommand(converse("k1", agent()));
    var failed = (Outcome.Failed) outcome();
    assertThat(failed.status()).isEqualTo(401);
    assertThat(calls).hasValue(3);
  }

  @Test
  void aModelIsGivenUpAfterTheLastTryAndWhenItAsksForTooMuchTime() {
    var session = session(_ -> new ModelAnswer.Failed(503, "busy"), SETTINGS);
    session.runCommand(converse("k1", agent()));
    assertThat(((Outcome.Failed) outcome()).status()).isEqualTo(503);
    assertThat(asked).hasSize(3);
    var slow = new ModelAnswer.Failed(429, "later", Optional.of(Duration.ofHours(1)));
    var other = session(_ -> slow, SETTINGS);
    other.runCommand(converse("k2", agent()));
    assertThat(((Outcome.Failed) outcome()).retryAfter()).contains(Duration.ofHours(1));
    assertThat(asked).hasSize(4);
  }

  @Test
  void aModelThatNeverAnswersOrThrowsFailsTheMessage() {
    var hasty =
        new SessionSettings(
            1,
            Duration.ofMinutes(1),
            Duration.ofMillis(20),
            0,
            Duration.ofMillis(1),
            Duration.ofMillis(1));
    var session =
        session(
            _ -> {
              try {
                return new LinkedBlockingQueue<ModelAnswer>().take();
              } catch (InterruptedException e) {
                return new ModelAnswer.Failed(500, "interrupted");
              }
            },
            hasty);
    session.runCommand(converse("k1", agent()));
    assertThat(((Outcome.Failed) outcome()).status()).isEqualTo(504);
    var broken =
        session(
            _ -> {
              throw new IllegalStateException("a bug");
            },
            hasty);
    broken.runCommand(converse("k2", agent()));
    assertThat(((Outcome.Failed) outcome()).status()).isEqualTo(500);
  }

  @Test
  void aWakeRepeatsWhatIsInFlightUnlessItIsStale() {
    var session = session();
    session.runCommand(converse("k1", scripted(READS_A_DIFF)));
    var wanted = run.expectMessageClass(RunCommand.RequestTool.class);
    session.runCommand(new SessionCommand.Wake(1));
    run.expectNoMessage(Duration.ofMillis(50));
    session.runCommand(new SessionCommand.Wake(2));
    assertThat(run.expectMessageClass(RunCommand.RequestTool.class)).isEqualTo(wanted);
  }

  @Test
  void anIdleSessionAsksToLeaveMemory() {
    var brief =
        new SessionSettings(
            1,
            Duration.ofMillis(20),
            Duration.ofSeconds(20),
            0,
            Duration.ofMillis(1),
            Duration.ofMillis(1));
    session(_ -> Samples.text("hi"), brief);
    assertThat(shard.receiveMessage()).isInstanceOf(Passivate.class);
  }

  @Test
  void anAbandonedMessageIsNotAnswered() {
    var session =
        session(
            request -> {
              try {
                return request.message().isEmpty()
                    ? Samples.text("never")
                    : new LinkedBlockingQueue<ModelAnswer>().take();
              } catch (InterruptedException e) {
                return new ModelAnswer.Failed(500, "interrupted");
              }
            },
            SETTINGS);
    session.runCommand(converse("k1", agent()));
    var result = session.runCommand(new SessionCommand.Abandon("k1"));
    assertThat(result.events().getFirst().turn().facts())
        .containsExactly(new SessionFact.Abandoned("k1"));
    assertThat(result.state().busy()).isFalse();
    run.expectNoMessage(Duration.ofMillis(50));
  }
}
