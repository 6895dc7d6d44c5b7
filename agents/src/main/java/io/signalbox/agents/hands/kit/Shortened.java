package io.signalbox.agents.hands.kit;

/** Text cut to what fits into an error message. */
public final class Shortened {
  private static final int LENGTH = 300;

  private Shortened() {}

  public static String of(String text) {
    var line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "…";
  }
}
