package io.signalbox.agents.session;

import static io.signalbox.agents.session.Samples.agent;
import static io.signalbox.agents.session.Samples.call;
import static io.signalbox.agents.session.Samples.converse;
import static io.signalbox.agents.session.Samples.done;
import static io.signalbox.agents.session.Samples.text;
import static io.signalbox.agents.session.Samples.wants;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.protocol.agent.SessionView;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SessionStateTest {
  private final Play play = new Play();

  @Test
  void everyTurnCarriesTheDigestOfTheOneBefore() {
    assertThat(play.state().digest()).isEmpty();
    String first = play.converse(converse("k1", agent())).state().digest();
    String second = play.model("k1", 1, text("fine")).state().digest();
    assertThat(first).hasSize(64).isNotEqualTo(second);
  }

  @Test
  void theTranscriptTellsWhoSaidWhat() {
    play.converse(converse("k1", agent()))
        .model("k1", 1, wants(call("github.get-diff", "{'number':7}")))
        .tool("k1", "m0001t001", done("{'diff':'x'}"))
        .model("k1", 2, text("fine"));
    assertThat(play.state().transcript())
        .extracting(SessionView.Entry::role)
        .containsExactly("user", "agent", "tool", "agent");
    assertThat(play.state().transcript().get(2).tool()).contains("github.get-diff");
    assertThat(play.state().usage().inputTokens()).isEqualTo(20);
  }

  @Test
  void everythingKeptIsBounded() {
    for (int i = 0; i < 300; i++) {
      play.converse(converse("k" + i, agent())).model("k" + i, 1, text("x".repeat(5_000)));
    }
    assertThat(play.state().transcript()).hasSize(Transcript.MOST_ENTRIES);
    assertThat(play.state().transcript().getLast().content()).contains("1000 characters left out");
    assertThat(play.state().answered()).hasSize(SessionState.MOST_ANSWERED);
    assertThat(play.state().memory()).hasSize(SessionState.MOST_REMEMBERED);
    assertThat(Transcript.shown(play.state().transcript())).hasSizeBetween(20, 60);
  }

  @Test
  void aSnapshotIsReadBackAsItWas() throws NotSerializableException {
    play.converse(converse("k1", agent()))
        .model("k1", 1, wants(call("a", "{}")))
        .converse(converse("k2", agent()));
    var snapshots = new SessionSnapshots();
    byte[] bytes = snapshots.toBinary(play.state());
    assertThat(snapshots.manifest(play.state())).isEqualTo("session-state");
    assertThat(snapshots.fromBinary(bytes, "session-state")).isEqualTo(play.state());
    assertThatThrownBy(() -> snapshots.fromBinary(bytes, "other"))
        .isInstanceOf(NotSerializableException.class);
    byte[] garbage = "[".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> snapshots.fromBinary(garbage, "session-state"))
        .isInstanceOf(NotSerializableException.class);
  }
}
