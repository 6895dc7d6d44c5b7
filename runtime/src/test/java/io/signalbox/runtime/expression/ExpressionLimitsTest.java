package io.signalbox.runtime.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Each limit of an evaluation ends it with what it was. */
@Isolated("the limits are those of the process")
class ExpressionLimitsTest {
  private static final JsonNode ZERO = JsonNodeFactory.instance.numberNode(0);

  @AfterEach
  void back() {
    Expressions.bound(ExpressionLimits.STANDARD);
  }

  private static void ends(ExpressionLimits limits, String expression, String why) {
    Expressions.bound(limits);
    assertThatThrownBy(() -> Expressions.expression(expression, ZERO, Map.of()))
        .isInstanceOf(ExpressionFailed.class)
        .hasMessageContaining(why);
  }

  @Test
  void theLengthOfItsText() {
    ends(new ExpressionLimits(10, 9, 9, 9, 9, 9, 9), "1 + 2 + 3 + 4", "longer than 10 characters");
  }

  @Test
  void itsSteps() {
    ends(
        new ExpressionLimits(99, 50, 999, 9999, 9999, 9999, 9),
        "[range(100)] | length",
        "takes more than 50 steps");
  }

  @Test
  void theDataItLooksAt() {
    ends(
        new ExpressionLimits(99, 99_999, 20, 9999, 9999, 9999, 9),
        "[range(100)] | length",
        "handles too much data");
  }

  @Test
  void theDataItMakesOnItsWay() {
    ends(
        new ExpressionLimits(99, 99_999, 99_999, 100, 9999, 9999, 9),
        "[range(100)] | length",
        "makes more than 100 bytes of data on its way");
  }

  @Test
  void oneValueOnItsWay() {
    ends(
        new ExpressionLimits(99, 99_999, 99_999, 9999, 100, 9999, 9),
        "[range(100)] | length",
        "makes a value of more than 100 bytes");
    ends(
        new ExpressionLimits(99, 99_999, 99_999, 9999, 100, 9999, 9),
        "\"ab\" * 99",
        "makes a text of more than 100 bytes");
  }

  @Test
  void itsResult() {
    ends(
        new ExpressionLimits(99, 99_999, 99_999, 9999, 9999, 100, 9),
        "[range(100)]",
        "the result is larger than 100 bytes");
  }

  @Test
  void howDeepItsValuesAre() {
    ends(
        new ExpressionLimits(99, 99_999, 99_999, 9999, 9999, 9999, 3),
        "[[[[[1]]]]]",
        "nested deeper than 3");
  }

  @Test
  void withinThemItEnds() {
    Expressions.bound(new ExpressionLimits(99, 999, 999, 999, 999, 999, 3));
    assertThat(Expressions.expression("[range(3)] | length", ZERO, Map.of()).intValue())
        .isEqualTo(3);
  }
}
