package io.signalbox.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.RunCommand.Verb;
import io.signalbox.protocol.run.RunStatus;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListenForEachTest {
  private static final String CALLS =
      """
      - hear:
          listen: { to: { any: [{ with: { type: a } }], until: { one: { with: { type: stop } } } } }
          foreach:
            item: event
            at: i
            do:
              - act: { call: tool, with: { tool: t, arguments: { n: '${ $event.n }', i: '${ $i }' } } }
              - keep: { set: { got: '${ .r }', was: '${ $event.n }', at: '${ $i }' } }
      """;

  private static Hears calling() {
    return new Hears(Play.of(CALLS).tool("t", OnUnknownOutcome.ASK).start("{}"));
  }

  private static void answer(Hears it, String result) {
    it.play().succeed(it.play().lastSent().key(), 1, result);
  }

  @Test
  void eventsAreProcessedOneAtATimeInTheOrderTheyCame() {
    Hears it = calling();
    it.give("1", "a", "{\"n\":1}").give("2", "a", "{\"n\":2}");
    assertThat(it.play().sent()).hasSize(1);
    assertThat(it.play().lastSent().arguments()).isEqualTo(Play.json("{\"n\":1,\"i\":0}"));
    it.give("3", "stop", "{}");
    answer(it, "{\"r\":\"x\"}");
    assertThat(it.play().sent()).hasSize(2);
    assertThat(it.play().lastSent().arguments()).isEqualTo(Play.json("{\"n\":2,\"i\":1}"));
    answer(it, "{\"r\":\"y\"}");
    assertThat(it.output())
        .isEqualTo(
            Play.json("[{\"got\":\"x\",\"was\":1,\"at\":0},{\"got\":\"y\",\"was\":2,\"at\":1}]"));
  }

  @Test
  void aCrashBetweenAndWithinEventsLosesAndRepeatsNothing() {
    Hears it = calling();
    it.give("1", "a", "{\"n\":1}").give("2", "a", "{\"n\":2}");
    it.play().crash();
    assertThat(it.play().view().waitingFor().toString()).contains("outcome");
    it.play()
        .give(
            new Stimulus.Resolved(
                "/do/0/hear/foreach/do/0/act",
                "succeeded",
                Optional.of(Play.json("{\"r\":\"x\"}")),
                "seen",
                "ada"));
    it.give("2", "a", "{\"n\":2}").give("3", "stop", "{}");
    answer(it, "{\"r\":\"y\"}");
    it.play().crash();
    assertThat(it.output()).hasSize(2);
    assertThat(it.play().sent()).hasSize(2);
  }

  @Test
  void outputAndExportShapeEachEvent() {
    Hears it =
        new Hears(
            Play.of(
                    """
                    - hear:
                        listen: { to: { any: [], until: '${ ($context.sum // 0) >= 6 }' } }
                        foreach:
                          do: [{ double: { set: { n: '${ . * 2 }' } } }]
                          output: { as: '${ .n + $index }' }
                          export: { as: '${ { sum: (($context.sum // 0) + .) } }' }
                    - tell: { set: { list: '${ . }', sum: '${ $context.sum }' } }
                    """)
                .start("{}"));
    it.give("1", "a", "1");
    assertThat(it.play().status()).isEqualTo(RunStatus.WAITING);
    it.give("2", "a", "2");
    assertThat(it.output()).isEqualTo(Play.json("{\"list\":[2,5],\"sum\":7}"));
  }

  @Test
  void withoutTasksTheEventItselfIsShaped() {
    Hears it =
        new Hears(
            Play.of(
                    """
                    - hear:
                        listen: { to: { all: [{ with: { type: a } }, { with: { type: b } }] }, read: envelope }
                        foreach: { output: { as: .type } }
                    """)
                .start("{}"));
    it.give("1", "b", "1").give("2", "a", "2");
    assertThat(it.output()).isEqualTo(Play.json("[\"b\",\"a\"]"));
  }

  @Test
  void exitEndsTheListening() {
    Hears it =
        new Hears(
            Play.of(
                    """
                    - hear:
                        listen: { to: { any: [], until: '${ false }' } }
                        foreach:
                          do:
                            - look:
                                switch:
                                  - enough: { when: '. == 2', then: exit }
                                  - more: { then: continue }
                            - keep: { set: { n: '${ $item }' } }
                    """)
                .start("{}"));
    it.give("1", "a", "1").give("2", "a", "2");
    assertThat(it.output()).isEqualTo(Play.json("[{\"n\":1},2]"));
    assertThat(it.effects().getLast()).isInstanceOf(Effect.Unsubscribe.class);
  }

  @Test
  void aFaultInOneEventEndsTheListeningAndARetryGoesOnWithIt() {
    Hears it = calling();
    it.give("1", "a", "{\"n\":1}").give("2", "a", "{\"n\":2}");
    it.play().fail(it.play().lastSent().key(), 1, "communication", 500);
    assertThat(it.play().status()).isEqualTo(RunStatus.FAULTED);
    assertThat(it.effects().getLast()).isInstanceOf(Effect.Unsubscribe.class);
    it.give("9", "a", "{\"n\":9}");
    it.play().give(new Stimulus.Control(Verb.RETRY, "ada", Optional.empty(), Optional.empty()));
    assertThat(it.effects().stream().filter(e -> e instanceof Effect.Subscribe)).hasSize(2);
    assertThat(it.play().lastSent().arguments()).isEqualTo(Play.json("{\"n\":1,\"i\":0}"));
    answer(it, "{\"r\":\"x\"}");
    answer(it, "{\"r\":\"y\"}");
    it.give("3", "stop", "{}");
    assertThat(it.output()).hasSize(2);
  }

  @Test
  void anErrorOfOneEventCanBeCaughtWhereItHappens() {
    Hears it =
        new Hears(
            Play.of(
                    """
                    - hear:
                        listen: { to: { any: [], until: '( . | length ) == 2' } }
                        foreach:
                          do:
                            - careful:
                                try: [{ act: { call: tool, with: { tool: t, arguments: {} } } }]
                                catch: { do: [{ note: { set: { failed: '${ $item }' } } }] }
                    """)
                .tool("t", OnUnknownOutcome.ASK)
                .start("{}"));
    it.give("1", "a", "1").give("2", "a", "2");
    it.play().fail(it.play().lastSent().key(), 1, "communication", 500);
    answer(it, "{\"fine\":true}");
    assertThat(it.output()).isEqualTo(Play.json("[{\"failed\":1},{\"fine\":true}]"));
  }

  @Test
  void aCancelledRunListensNoMore() {
    Hears it = calling();
    it.give("1", "a", "{\"n\":1}");
    it.play().give(new Stimulus.Control(Verb.CANCEL, "ada", Optional.empty(), Optional.empty()));
    assertThat(it.play().status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(it.effects()).anyMatch(e -> e instanceof Effect.Unsubscribe);
  }

  @Test
  void eachEventIsToldInTheHistory() {
    Hears it = calling();
    it.give("1", "a", "{\"n\":1}");
    answer(it, "{}");
    assertThat(it.play().facts(Fact.IterationStarted.class)).hasSize(1);
    assertThat(it.play().facts(Fact.EventProcessed.class).getFirst().output()).isEmpty();
    assertThat(it.play().status()).isEqualTo(RunStatus.WAITING);
  }
}
