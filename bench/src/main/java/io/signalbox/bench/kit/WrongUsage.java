package io.signalbox.bench.kit;

/** The command line asks for what there is not. */
public final class WrongUsage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WrongUsage(String message) {
    super(message);
  }
}
