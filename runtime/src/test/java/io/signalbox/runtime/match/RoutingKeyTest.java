package io.signalbox.runtime.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.definition.EventFilter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutingKeyTest {
  private static JsonNode json(String text) throws Exception {
    return Json.MAPPER.readTree(text.replace('\'', '"'));
  }

  private static EventFilter filter(String text) throws Exception {
    return Json.MAPPER.treeToValue(json(text), EventFilter.class);
  }

  private static void finds(boolean found, String filter, String event) throws Exception {
    RoutingKey key = RoutingKey.of(filter(filter));
    assertThat(RoutingKey.of(key.extractors(), json(event)).map(key.key()::equals).orElse(false))
        .as("%s %s", filter, event)
        .isEqualTo(found);
  }

  @Test
  void whatHasJustOneValueIsPartOfTheKey() throws Exception {
    RoutingKey key =
        RoutingKey.of(
            filter(
                "{'with':{'type':'paid','subject':'s','time':'2026-01-01T00:00:00Z','data':{'a':1},"
                    + "'team':'(red|green)'},'correlate':{'o':{'from':'.data.o','expect':'7'},"
                    + "'open':{'from':'.id'}}}"));
    assertThat(key.type()).isEqualTo("paid");
    assertThat(key.extractors()).containsExactly("a:subject", "c:.data.o");
    assertThat(key.shape()).hasSize(32);
  }

  @Test
  void aFilterOfManyTypesIsFoundUnderNone() throws Exception {
    for (String type : new String[] {"a.*", "${ startswith(\\\"a\\\") }", "x\\u0000y"}) {
      assertThat(RoutingKey.of(filter("{'with':{'type':'" + type + "'}}")).type()).isEmpty();
    }
    assertThat(RoutingKey.of(EventFilter.EVERY))
        .isEqualTo(RoutingKey.of(new EventFilter(Map.of())));
    assertThat(RoutingKey.of(EventFilter.EVERY).key()).isEmpty();
  }

  @Test
  void theSameValueHasTheSameKeyHoweverItIsWritten() throws Exception {
    String filter = "{'with':{'type':'t'},'correlate':{'o':{'from':'.data.o','expect':%s}}}";
    finds(true, filter.formatted("'42'"), "{'data':{'o':42}}");
    finds(true, filter.formatted("42"), "{'data':{'o':'42'}}");
    finds(true, filter.formatted("42"), "{'data':{'o':42.0}}");
    finds(true, filter.formatted("{'b':1,'a':[2]}"), "{'data':{'o':{'a':[2.0],'b':1}}}");
    finds(false, filter.formatted("42"), "{'data':{'o':43}}");
    finds(false, filter.formatted("42"), "{'data':{}}");
    finds(false, filter.formatted("42"), "{'data':'text'}");
    finds(true, filter.formatted("1e999999999"), "{'data':{'o':1e999999999}}");
  }

  @Test
  void valuesDoNotRunIntoEachOther() throws Exception {
    String filter = "{'with':{'subject':'%s','team':'%s'}}";
    finds(false, filter.formatted("ab", "c"), "{'subject':'a','team':'bc'}");
    finds(true, filter.formatted("ab", "c"), "{'subject':'ab','team':'c'}");
  }

  @Test
  void aFilterFoundByItsKeyTakesTheEvent() throws Exception {
    String exact = "{'with':{'subject':'" + Texts.exactly("a.*").replace("\\", "\\\\") + "'}}";
    finds(true, exact, "{'subject':'a.*'}");
    assertThat(EventMatch.may(filter(exact), json("{'subject':'a.*'}"))).isTrue();
    assertThat(EventMatch.may(filter(exact), json("{'subject':'abc'}"))).isFalse();
  }

  @Test
  void aPatternThatDoesNotComeToAnEndTakesNothing() throws Exception {
    EventFilter evil = filter("{'with':{'subject':'(a+)+b'}}");
    long begun = System.nanoTime();
    assertThat(EventMatch.may(evil, json("{'subject':'" + "a".repeat(500) + "'}"))).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    assertThat(EventMatch.may(filter("{'with':{'subject':'a(b'}}"), json("{'subject':'a(b'}")))
        .isTrue();
    assertThat(
            EventMatch.may(
                filter("{'with':{'data':'(a|b)*'}}"),
                json("{'data':'" + "ab".repeat(20_000) + "'}")))
        .isFalse();
  }

  @Test
  void timesAreTheSameMoment() throws Exception {
    EventFilter at = filter("{'with':{'time':'2026-01-01T02:00:00+02:00'}}");
    assertThat(EventMatch.may(at, json("{'time':'2026-01-01T00:00:00Z'}"))).isTrue();
    assertThat(EventMatch.may(at, json("{'time':'2026-01-01T02:00:00Z'}"))).isFalse();
  }

  @Test
  void whoKnowsNoVariablesLeavesTheQuestionToTheRun() throws Exception {
    EventFilter asking = filter("{'with':{'data':'${ .n > $input.n }'}}");
    JsonNode event = json("{'data':{'n':1}}");
    assertThat(EventMatch.may(asking, event)).isTrue();
    assertThat(EventMatch.takes(asking, event, Map.of("input", json("{'n':1}")))).isFalse();
    assertThat(EventMatch.takes(asking, event, Map.of("input", json("{'n':0}")))).isTrue();
  }
}
