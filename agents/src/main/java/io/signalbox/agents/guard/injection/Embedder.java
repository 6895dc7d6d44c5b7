package io.signalbox.agents.guard.injection;

/** Turns texts into vectors of length 1 that lie near each other when the texts mean the same. */
@FunctionalInterface
public interface Embedder {
  float[] of(String text) throws DetectorDown;
}
