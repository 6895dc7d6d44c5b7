package io.signalbox.cli;

/** Colours, on a terminal that wants them; elsewhere the plain text. */
public enum Ink {
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  BLUE("34"),
  CYAN("36"),
  PLAIN("0");

  private static final boolean ON =
      Boolean.getBoolean("signalbox.terminal")
          && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();

  private final String code;

  Ink(String code) {
    this.code = code;
  }

  public String on(String text) {
    return ON && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  /** The colour of a run's or an approval's status. */
  static Ink ofStatus(String status) {
    return switch (status) {
      case "completed", "approved", "up" -> GREEN;
      case "faulted", "rejected", "down", "expired" -> RED;
      case "waiting", "suspended", "open" -> YELLOW;
      case "running", "pending" -> BLUE;
      default -> PLAIN;
    };
  }
}
