package io.signalbox.runtime.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.signalbox.protocol.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {
  private static final Map<String, JsonNode> VARIABLES = Map.of("input", json("{'a': 7}"));

  @Test
  void aTemplateIsFilledAndItsLiteralsStay() {
    JsonNode template =
        json("{'n': '${ .x + 1 }', 'deep': [{'v': ' ${ $input.a } '}], 'text': 'a ${ .x } b'}");
    assertThat(Expressions.evaluate(template, json("{'x': 2}"), VARIABLES))
        .isEqualTo(json("{'n': 3, 'deep': [{'v': 7}], 'text': 'a ${ .x } b'}"));
  }

  @Test
  void placesThatAreAlwaysExpressionsTakeThemBareOrWrapped() {
    assertThat(Expressions.expression(".x", json("{'x': 2}"), Map.of())).isEqualTo(json("2"));
    assertThat(Expressions.expression("${ .x }", json("{'x': 2}"), Map.of())).isEqualTo(json("2"));
    assertThat(Expressions.expression("{ ids: [ $input.a, .x ] }", json("{'x': 2}"), VARIABLES))
        .isEqualTo(json("{'ids': [7, 2]}"));
  }

  @Test
  void aFilterIsAnExpressionOrATemplate() {
    assertThat(Expressions.filter(json("'.x'"), json("{'x': 2}"), Map.of())).isEqualTo(json("2"));
    assertThat(Expressions.filter(json("{'y': '${ .x }'}"), json("{'x': 2}"), Map.of()))
        .isEqualTo(json("{'y': 2}"));
  }

  @Test
  void onlyFalseAndNullDoNotHold() {
    assertThat(Expressions.holds(".x == 1", json("{'x': 1}"), Map.of())).isTrue();
    assertThat(Expressions.holds(".x == 1", json("{'x': 2}"), Map.of())).isFalse();
    assertThat(Expressions.holds(".none", json("{}"), Map.of())).isFalse();
    assertThat(Expressions.holds("0", json("{}"), Map.of())).isTrue();
    assertThat(Expressions.holds("\"\"", json("{}"), Map.of())).isTrue();
  }

  @Test
  void noValueIsNullAndSeveralAreAFault() {
    assertThat(Expressions.expression("empty", json("{}"), Map.of())).isEqualTo(NullNode.instance);
    failsWith(".[]", "[1,2]", "more than one value");
  }

  @Test
  void missingListsAreNullWhenAddedTo() {
    assertThat(Expressions.expression(".colors + [\"red\"]", json("{}"), Map.of()))
        .isEqualTo(json("['red']"));
  }

  static Stream<String> wellKnown() {
    return Stream.of(
        "[.[] | select(.n > 1) | .n]",
        "map(.n) | add",
        "\"sum \\(map(.n) | add)\"",
        "reduce .[] as $item (0; . + $item.n)",
        "[foreach .[] as {$n} (0; . + $n)]",
        ". as [$first, $second] | {$first, $second}",
        "def twice(f): f | f; [twice(.[0:2])]",
        "def plus($k): . + $k; map(.n | plus(2))",
        "to_entries | map(.key)",
        "map(.n | tostring) | join(\", \") | ascii_downcase | test(\"1\")",
        "[limit(2; .[])] | length",
        "[.[] | .n // 4] | @json",
        "@base64 \"x\\(.[0].n)\"",
        "try error(\"x\") catch .",
        "[paths]",
        ".[0].n |= . + 1",
        "del(.[0])",
        "label $out | .[] | if .n == 1 then ., break $out else empty end");
  }

  @ParameterizedTest
  @MethodSource("wellKnown")
  void jqAsPeopleWriteItCompilesAndRuns(String text) {
    assertThat(Expressions.fault(text, Set.of())).isEmpty();
    assertThat(Expressions.expression(text, json("[{'n': 1}, {'n': 2}]"), Map.of())).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "now",
        "env",
        "$ENV",
        "$__prog_args",
        ".a +",
        "nosuch(1)",
        "{",
        "\"open",
        "'q'",
        " ",
        "import \"m\" as m; .",
        "map(now)",
        "$foo",
        "[.[] | $bar.x]",
        "{$baz}",
        "input",
        "@nosuch"
      })
  void whatCannotWorkIsAFaultAtDeployment(String text) {
    assertThat(Expressions.fault(text, Set.of("input"))).isPresent();
  }

  @Test
  void aVariableIsKnownByItsNameOrByBeingBound() {
    assertThat(Expressions.fault("$input.a + $item", Set.of("input", "item"))).isEmpty();
    assertThat(Expressions.fault(". as $x | $x", Set.of())).isEmpty();
    assertThat(Expressions.fault("$itme", Set.of("item")))
        .hasValue("there is no variable $itme here; known are $item");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "last(range(1000000000000))",
        "[range(1000000000)]",
        "def f: f; f",
        "def f: 1 + f; f",
        "until(false; .)",
        "last(repeat(1))",
        "[recurse(.)]",
        "\"ab\" * 1000000000",
        "reduce range(60) as $i (\"ab\"; . + .)",
        "reduce range(60) as $i ([1]; . + .)",
        "reduce range(60) as $i ([1]; [., .]) | tojson",
        "reduce range(60) as $i ([1]; [., .]) | . == .",
        "reduce range(2000) as $i (1; [.])",
        "[range(100000) | \"abcdefghij\" * 1000]",
        "def f: if . == 0 then . else . - 1 | f end; 500 | f",
        "[range(1000)] | [.[] as $a | .[] as $b | .[] as $c | $a]"
      })
  void noExpressionRunsAwayWithTimeOrMemory(String text) {
    org.junit.jupiter.api.Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () ->
            assertThatExceptionOfType(ExpressionFailed.class)
                .isThrownBy(() -> Expressions.expression(text, json("{}"), Map.of())));
  }

  @Test
  void nestingEndsAtTheSameDepthOnEveryThread() throws InterruptedException {
    String text = "def f: if . == 0 then . else . - 1 | f end; $n | f";
    int here = deepest(text);
    int[] elsewhere = new int[1];
    Thread small = new Thread(null, () -> elsewhere[0] = deepest(text), "small", 1 << 20);
    small.start();
    small.join();
    assertThat(here).isEqualTo(elsewhere[0]).isGreaterThan(50);
    assertThat(Expressions.fault("(".repeat(101) + "." + ")".repeat(101), Set.of()))
        .hasValueSatisfying(why -> assertThat(why).contains("nested deeper than 100"));
    assertThat(Expressions.fault("[".repeat(100) + "." + "]".repeat(100), Set.of())).isEmpty();
  }

  private static int deepest(String text) {
    int n = 0;
    while (true) {
      try {
        Expressions.expression(text, json("{}"), Map.of("n", IntNode.valueOf(n)));
        n++;
      } catch (ExpressionFailed e) {
        assertThat(e.reason()).contains("calls itself too deeply, or");
        return n;
      }
    }
  }

  @Test
  void aFailureNamesTheExpressionAndTheReason() {
    failsWith(".a.b", "{'a': 1}", "Cannot index number");
    failsWith("error(\"no owner\")", "{}", "no owner");
  }

  private static void failsWith(String text, String dot, String reason) {
    assertThatExceptionOfType(ExpressionFailed.class)
        .isThrownBy(() -> Expressions.expression(text, json(dot), Map.of()))
        .satisfies(
            failed -> {
              assertThat(failed.text()).isEqualTo(text);
              assertThat(failed.reason()).contains(reason);
            });
  }

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
