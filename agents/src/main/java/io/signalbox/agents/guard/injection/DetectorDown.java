package io.signalbox.agents.guard.injection;

/** A detector could not be asked; the guardrail says what that means. */
public final class DetectorDown extends Exception {
  private static final long serialVersionUID = 1L;

  private final String rule;

  /**
   * @param rule what is wrong, in a word, for the finding
   */
  public DetectorDown(String rule, String message) {
    super(message);
    this.rule = rule;
  }

  /** What is wrong, in a word. */
  public String rule() {
    return rule;
  }
}
