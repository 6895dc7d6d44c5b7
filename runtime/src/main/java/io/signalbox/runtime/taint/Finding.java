package io.signalbox.runtime.taint;

import java.util.List;

/**
 * What steers a call that nobody trusted asked for in this form.
 *
 * @param steered empty for a call that is clean
 */
public record Finding(List<Steered> steered) {
  /** Nothing to object to. */
  public static final Finding CLEAN = new Finding(List.of());

  public Finding {
    steered = List.copyOf(steered);
  }

  /**
   * One thing that content decided.
   *
   * @param argument JSON pointer into the arguments; empty for the decision to call at all
   * @param sources what steered it
   * @param why in plain words
   */
  public record Steered(String argument, List<String> sources, String why) {
    public Steered {
      sources = List.copyOf(sources);
    }
  }

  public boolean clean() {
    return steered.isEmpty();
  }
}
