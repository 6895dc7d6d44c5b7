package io.signalbox.bench.kit;

/** Says on standard error what is being done, so that standard output holds results alone. */
public final class Progress {
  private Progress() {}

  public static void say(String text) {
    System.err.println("  " + text);
  }
}
