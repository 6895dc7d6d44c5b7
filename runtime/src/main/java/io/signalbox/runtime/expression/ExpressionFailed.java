package io.signalbox.runtime.expression;

/** An expression does not compile, fails on its input, or goes beyond its bounds. */
public final class ExpressionFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 200;

  private final String text;
  private final String reason;

  public ExpressionFailed(String text, String reason) {
    super("expression '" + shortened(text) + "': " + reason);
    this.text = text;
    this.reason = reason;
  }

  /** The expression as it was written. */
  public String text() {
    return text;
  }

  public String reason() {
    return reason;
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
