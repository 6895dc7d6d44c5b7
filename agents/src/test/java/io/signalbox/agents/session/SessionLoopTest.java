package io.signalbox.agents.session;

import static io.signalbox.agents.session.Samples.RUN;
import static io.signalbox.agents.session.Samples.agent;
import static io.signalbox.agents.session.Samples.call;
import static io.signalbox.agents.session.Samples.converse;
import static io.signalbox.agents.session.Samples.done;
import static io.signalbox.agents.session.Samples.json;
import static io.signalbox.agents.session.Samples.text;
import static io.signalbox.agents.session.Samples.wants;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Usage;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionLoopTest {
  private final Play play = new Play();

  @Test
  void aMessageIsNotedAndTheModelAsked() {
    play.converse(converse("k1", agent()));
    assertThat(play.factNames()).containsExactly("MessageReceived", "ModelAsked");
    assertThat(play.effects()).containsExactly(new SessionEffect.AskModel("k1", 1));
    assertThat(play.state().busy()).isTrue();
  }

  @Test
  void aTextIsTheReply() {
    play.converse(converse("k1", agent())).model("k1", 1, text("fine"));
    assertThat(play.factNames()).containsExactly("ModelReplied", "Replied");
    var reply = (Outcome.Succeeded) play.told();
    assertThat(reply.result().path("message").asText()).isEqualTo("fine");
    assertThat(reply.result().path("toolCalls").asInt()).isZero();
    assertThat(reply.result().path("metadata").path("scripted").asBoolean()).isTrue();
    assertThat(reply.result().has("data")).isFalse();
    assertThat(play.state().busy()).isFalse();
  }

  @Test
  void toolsAreAskedOfTheRunAndTheModelGoesOnWhenAllHaveSettled() {
    play.converse(converse("k1", agent()))
        .model("k1", 1, wants(call("a", "{}"), call("b", "{'x':1}")));
    assertThat(play.factNames()).containsExactly("ModelReplied");
    assertThat(play.effects())
        .containsExactly(
            new SessionEffect.RequestTool(
                RUN, "k1", new ModelAnswer.Call("m0001t001", "a", json("{}"))),
            new SessionEffect.RequestTool(
                RUN, "k1", new ModelAnswer.Call("m0001t002", "b", json("{'x':1}"))));
    play.tool("k1", "m0001t002", done("1"));
    assertThat(play.factNames()).containsExactly("ToolSettled");
    assertThat(play.effects()).isEmpty();
    play.tool("k1", "m0001t001", done("2"));
    assertThat(play.factNames()).containsExactly("ToolSettled", "ModelAsked");
    play.model("k1", 2, text("done"));
    var reply = (Outcome.Succeeded) play.told();
    assertThat(reply.usage()).isEqualTo(new Usage(2, 20, 4, 0));
    assertThat(reply.result().path("toolCalls").asInt()).isEqualTo(2);
  }

  @Test
  void sayingNothingAndCallingNothingIsAText() {
    play.converse(converse("k1", agent())).model("k1", 1, wants());
    assertThat(play.factNames()).containsExactly("ModelReplied", "Replied");
  }

  @Test
  void argumentsThatAreNoObjectAndTooManyCallsAreAnsweredHere() {
    ModelAnswer.Call[] many =
        IntStream.range(0, 34).mapToObj(_ -> call("a", "{}")).toArray(ModelAnswer.Call[]::new);
    many[0] = call("a", "'oops'");
    play.converse(converse("k1", agent())).model("k1", 1, wants(many));
    assertThat(play.factNames())
        .containsExactly("ModelReplied", "ToolSettled", "ToolSettled", "ToolSettled");
    assertThat(play.effects()).hasSize(31);
  }

  @Test
  void strangeAndRepeatedAnswersChangeNothing() {
    play.model("k1", 1, text("nobody asked"));
    assertThat(play.facts()).isEmpty();
    play.converse(converse("k1", agent())).model("k1", 2, text("from the future"));
    assertThat(play.facts()).isEmpty();
    play.model("k1", 1, wants(call("a", "{}"))).tool("k1", "other", done("1"));
    assertThat(play.facts()).isEmpty();
    play.model("k1", 1, wants(call("a", "{}")));
    assertThat(play.facts()).isEmpty();
    play.tool("k2", "m0001t001", done("1"));
    assertThat(play.facts()).isEmpty();
    play.tool("k1", "m0001t001", done("1")).tool("k1", "m0001t001", done("1"));
    assertThat(play.facts()).isEmpty();
  }

  @Test
  void theSameKeyActsOnceAndIsAnsweredAgain() {
    play.converse(converse("k1", agent())).converse(converse("k1", agent()));
    assertThat(play.facts()).isEmpty();
    assertThat(play.effects()).isEmpty();
    play.model("k1", 1, text("fine"));
    Outcome first = play.told();
    play.converse(converse("k1", agent()));
    assertThat(play.facts()).isEmpty();
    assertThat(play.told()).isEqualTo(first);
  }

  @Test
  void messagesWaitTheirTurnUpToTheBound() {
    play.converse(converse("k1", agent()))
        .converse(converse("k2", agent()))
        .converse(converse("k3", agent()));
    assertThat(play.factNames()).containsExactly("MessageReceived");
    play.converse(converse("k4", agent()));
    assertThat(play.facts()).isEmpty();
    assertThat(((Outcome.Failed) play.told()).status()).isEqualTo(503);
    play.model("k1", 1, text("one"));
    assertThat(play.factNames()).containsExactly("ModelReplied", "Replied", "ModelAsked");
    assertThat(play.effects()).contains(new SessionEffect.AskModel("k2", 1));
  }

  @Test
  void theLimitOfModelCallsEndsTheMessage() {
    play.converse(converse("k1", agent(1, Optional.empty(), Optional.empty())))
        .model("k1", 1, wants(call("a", "{}")))
        .tool("k1", "m0001t001", done("1"));
    assertThat(play.factNames()).containsExactly("ToolSettled", "Replied");
    var failed = (Outcome.Failed) play.told();
    assertThat(failed.kind()).isEqualTo("runtime");
    assertThat(failed.detail()).contains("1 model calls");
  }

  @Test
  void aModelThatFailsFailsTheMessage() {
    var failure = new ModelAnswer.Failed(429, "slow down", Optional.of(Duration.ofSeconds(9)));
    play.converse(converse("k1", agent())).model("k1", 1, failure);
    assertThat(play.told())
        .isEqualTo(
            new Outcome.Failed(
                "communication", 429, "slow down", Optional.of(Duration.ofSeconds(9))));
  }

  @Test
  void eachStatusOfAModelHasItsKind() {
    var kinds =
        IntStream.of(401, 403, 422, 500)
            .mapToObj(
                status ->
                    new Play()
                        .converse(converse("k1", agent()))
                        .model("k1", 1, new ModelAnswer.Failed(status, "no"))
                        .told())
            .map(outcome -> ((Outcome.Failed) outcome).kind());
    assertThat(kinds)
        .containsExactly("authentication", "authorization", "validation", "communication");
  }

  @Test
  void aReplyThatMissesItsSchemaIsRepairedOnce() {
    var agent =
        agent(5, Optional.of(json("{'type':'object','required':['risk']}")), Optional.empty());
    play.converse(converse("k1", agent)).model("k1", 1, text("no JSON at all"));
    assertThat(play.factNames()).containsExactly("ModelReplied", "ModelAsked");
    play.model("k1", 2, text("```json\n{\"risk\": \"high\"}\n```"));
    var reply = (Outcome.Succeeded) play.told();
    assertThat(reply.result().path("data")).isEqualTo(json("{'risk':'high'}"));
  }

  @Test
  void aReplyThatMissesItsSchemaTwiceFailsWithTheFaults() {
    var agent =
        agent(5, Optional.of(json("{'type':'object','required':['risk']}")), Optional.empty());
    play.converse(converse("k1", agent)).model("k1", 1, text("{}")).model("k1", 2, text("{} {}"));
    var failed = (Outcome.Failed) play.told();
    assertThat(failed.kind()).isEqualTo("validation");
    assertThat(failed.status()).isEqualTo(422);
    assertThat(failed.detail()).contains("not one JSON value");
  }

  @Test
  void anAbandonedMessageMakesWayForTheNext() {
    play.converse(converse("k1", agent())).converse(converse("k2", agent())).abandon("k1");
    assertThat(play.factNames()).containsExactly("Abandoned", "ModelAsked");
    assertThat(play.effects())
        .containsExactly(new SessionEffect.GiveUp("k1"), new SessionEffect.AskModel("k2", 1));
    play.abandon("k1");
    assertThat(play.facts()).isEmpty();
    play.converse(converse("k1", agent()));
    assertThat(((Outcome.Failed) play.told()).status()).isEqualTo(409);
  }

  @Test
  void whatIsInFlightIsKnownFromTheStateAlone() {
    play.converse(converse("k1", agent()));
    assertThat(Effects.inFlight(play.state())).containsExactly(new SessionEffect.AskModel("k1", 1));
    play.model("k1", 1, wants(call("a", "{}")));
    assertThat(Effects.inFlight(play.state())).isEqualTo(play.effects());
    play.tool("k1", "m0001t001", done("1")).model("k1", 2, text("fine"));
    assertThat(Effects.inFlight(play.state())).isEmpty();
  }
}
