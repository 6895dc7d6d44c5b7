package io.signalbox.runtime.judge;

/**
 * One thing that is looked at before a tool call. Pure: no clock, chance, network or log; what it
 * looks at is in the question.
 */
@FunctionalInterface
public interface Step {
  /** What this step thinks; {@link Opinion#NONE} where it has no say. */
  Opinion judge(Question question);
}
