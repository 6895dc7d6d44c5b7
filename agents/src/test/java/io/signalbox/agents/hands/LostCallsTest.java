package io.signalbox.agents.hands;

import static io.signalbox.agents.hands.PlainHttpTest.get;
import static io.signalbox.agents.hands.PlainHttpTest.post;
import static io.signalbox.agents.hands.Workbench.failure;
import static io.signalbox.agents.hands.Workbench.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.agents.hands.BrokenStandIn.Manner;
import io.signalbox.agents.hands.StandIn.Reply;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the run hears when the other side is away, breaks off or never answers. */
class LostCallsTest {
  private final Workbench bench = Workbench.with("http.timeout = 700ms");

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aRefusedConnectionIsACertainFailureForReadsAndWrites() {
    var gone = StandIn.of(_ -> Reply.json(200, "{}"));
    gone.close();
    for (var arguments : new String[] {get(gone.url()), post(gone.url())}) {
      var failed = failure(bench.http(arguments));
      assertThat(failed.kind()).isEqualTo("communication");
      assertThat(failed.status()).isEqualTo(503);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Manner.class,
      names = {"HANG", "RESET", "BABBLE", "BREAK_OFF"})
  void aWriteThatWasSentAndNotAnsweredIsUnknown(Manner manner) {
    try (var server = BrokenStandIn.that(manner)) {
      assertThat(bench.http(post(server.url()))).isInstanceOf(Outcome.Unknown.class);
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void aReadThatIsNotAnsweredTimesOut() {
    try (var server = BrokenStandIn.that(Manner.HANG)) {
      var failed = failure(bench.http(get(server.url())));
      assertThat(failed.kind()).isEqualTo("timeout");
      assertThat(failed.status()).isEqualTo(408);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Manner.class,
      names = {"RESET", "BABBLE", "BREAK_OFF"})
  void aReadWhoseConnectionBreaksIsAPlainFailure(Manner manner) {
    try (var server = BrokenStandIn.that(manner)) {
      var failed = failure(bench.http(get(server.url())));
      assertThat(failed.kind()).isEqualTo("communication");
      assertThat(failed.status()).isEqualTo(502);
    }
  }

  @Test
  void noTlsAtTheOtherSideIsAFailureAndNeverClaimedToBeMore() {
    try (var server = BrokenStandIn.that(Manner.GREET)) {
      var given = get(server.url().replace("http:", "https:"));
      // the JDK's client now and then tells a failed handshake only as a lost connection
      assertThat(failure(bench.http(given)).status()).isIn(502, 503);
    }
  }

  @Test
  void nothingIsSentOnceTheLeaseIsOver() {
    try (var server = StandIn.of(_ -> Reply.json(200, "{}"))) {
      var late =
          new Perform(
              Workbench.RUN,
              Workbench.KEY,
              1,
              Perform.Mode.SEND,
              CallKind.HTTP,
              json(post(server.url())),
              Optional.empty(),
              Instant.now().minusSeconds(1));
      var failed = failure(bench.toolbox().carryOut(late));
      assertThat(failed.detail()).isEqualTo("lease expired before sending");
      assertThat(failed.kind()).isEqualTo("timeout");
      assertThat(failed.status()).isEqualTo(503);
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void aProbeThatCannotLookSettlesNothing() {
    var gone = StandIn.of(_ -> Reply.json(200, "{}"));
    gone.close();
    try (var bench = Workbench.with("github.base-url = \"" + gone.url() + "\"")) {
      var looked =
          bench.probe(
              "github.create-comment",
              "{\"owner\": \"o\", \"repo\": \"r\", \"number\": 1, \"body\": \"b\"}");
      assertThat(looked).isInstanceOf(Outcome.Unknown.class);
    }
  }
}
