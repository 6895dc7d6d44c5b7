package io.signalbox.agents.session;

import static io.signalbox.agents.session.Samples.SESSION;
import static io.signalbox.agents.session.Samples.agent;
import static io.signalbox.agents.session.Samples.converse;
import static io.signalbox.agents.session.Samples.done;
import static io.signalbox.agents.session.Samples.scripted;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.agents.model.Line;
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
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding.Passivate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionEntityTest {
  private static final String READS_A_DIFF =
      "[{'tool':'github.get-diff','arguments':{'number':'{{data.number}}'}},{'reply':'all fine'}]";
  private final Stand stand = new Stand();
  private final TestProbe<RunCommand> run = stand.run;

  @AfterEach
  void stop() {
    stand.close();
  }

  @Test
  void aMessageGoesThroughModelToolAndModelToItsReply() {
    var session = stand.session();
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
    var session = stand.session();
    session.runCommand(converse("k1", scripted("[{'reply':'hi'}]")));
    stand.outcome();
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
    var session = stand.session();
    session.runCommand(converse("k1", scripted(READS_A_DIFF)));
    var wanted = run.expectMessageClass(RunCommand.RequestTool.class);
    session.restart();
    assertThat(run.expectMessageClass(RunCommand.RequestTool.class)).isEqualTo(wanted);
    session.runCommand(new SessionCommand.ToolSettled("k1", wanted.callId(), done("{}")));
    assertThat(stand.outcome()).isInstanceOf(Outcome.Succeeded.class);
    assertThat(stand.asked).hasSize(2);
  }

  @Test
  void recoveryInTheMiddleOfAModelCallAsksAgain() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch under = new CountDownLatch(1);
    BlockingQueue<ModelAnswer> late = new LinkedBlockingQueue<>();
    var session =
        stand.session(
            _ -> {
              try {
                int call = calls.incrementAndGet();
                under.countDown();
                return call == 1 ? late.take() : Samples.text("second");
              } catch (InterruptedException e) {
                return new ModelAnswer.Failed(500, "interrupted");
              }
            },
            Stand.SETTINGS);
    session.runCommand(converse("k1", agent()));
    assertThat(under.await(30, TimeUnit.SECONDS)).isTrue();
    session.restart();
    var reply = (Outcome.Succeeded) stand.outcome();
    assertThat(reply.result().path("message").asText()).isEqualTo("second");
    run.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void aFailedWriteIsSurvivedAndTheMessageSentAgainGoesThrough() {
    var behavior = stand.entity(_ -> Samples.text("hi"), Stand.SETTINGS);
    var journal = stand.session().persistenceTestKit();
    journal.clearAll();
    journal.failNextPersisted("session|" + SESSION.text());
    var session = stand.kit.spawn(behavior);
    session.tell(converse("k1", agent()));
    session.tell(converse("k1", agent()));
    assertThat(stand.outcome()).isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void aSessionThatStopsStopsItsModelCall() throws InterruptedException {
    BlockingQueue<String> interrupted = new LinkedBlockingQueue<>();
    CountDownLatch begun = new CountDownLatch(1);
    var session =
        stand.kit.spawn(
            stand.entity(
                _ -> {
                  begun.countDown();
                  try {
                    return new LinkedBlockingQueue<ModelAnswer>().take();
                  } catch (InterruptedException e) {
                    interrupted.add("yes");
                    return new ModelAnswer.Failed(500, "interrupted");
                  }
                },
                Stand.SETTINGS));
    session.tell(converse("k9", agent()));
    begun.await();
    stand.kit.stop(session);
    assertThat(interrupted.poll(5, TimeUnit.SECONDS)).isEqualTo("yes");
  }

  @Test
  void theSameKeyTwiceActsOnceAndIsAnsweredTwice() {
    var session = stand.session();
    var message = converse("k1", scripted("[{'reply':'hi'}]"));
    session.runCommand(message);
    Outcome first = stand.outcome();
    assertThat(session.runCommand(message).hasNoEvents()).isTrue();
    assertThat(stand.outcome()).isEqualTo(first);
    session.restart();
    session.runCommand(message);
    assertThat(stand.outcome()).isEqualTo(first);
    assertThat(stand.asked).hasSize(1);
  }

  @Test
  void aRefusedToolIsToldToTheModel() throws InterruptedException {
    var session = stand.session();
    session.runCommand(converse("k1", scripted(READS_A_DIFF)));
    var wanted = run.expectMessageClass(RunCommand.RequestTool.class);
    var refused = new Outcome.Failed("authorization", 403, "not granted", Optional.empty());
    session.runCommand(new SessionCommand.ToolSettled("k1", wanted.callId(), refused));
    stand.outcome();
    stand.asked.take();
    var line = (Line.Tool) stand.asked.take().lines().getLast();
    assertThat(line.failed()).isTrue();
    assertThat(line.text()).contains("not granted");
  }

  @Test
  void aWakeRepeatsWhatIsInFlightUnlessItIsStale() {
    var session = stand.session();
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
    stand.session(_ -> Samples.text("hi"), brief);
    assertThat(stand.shard.receiveMessage()).isInstanceOf(Passivate.class);
  }

  @Test
  void anAbandonedMessageIsNotAnswered() {
    var session =
        stand.session(
            request -> {
              try {
                return request.message().isEmpty()
                    ? Samples.text("never")
                    : new LinkedBlockingQueue<ModelAnswer>().take();
              } catch (InterruptedException e) {
                return new ModelAnswer.Failed(500, "interrupted");
              }
            },
            Stand.SETTINGS);
    session.runCommand(converse("k1", agent()));
    var result = session.runCommand(new SessionCommand.Abandon("k1"));
    assertThat(result.events().getFirst().turn().facts())
        .containsExactly(new SessionFact.Abandoned("k1"));
    assertThat(result.state().busy()).isFalse();
    run.expectNoMessage(Duration.ofMillis(50));
  }
}
