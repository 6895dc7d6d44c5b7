package io.signalbox.protocol.guard;

import io.signalbox.protocol.RunId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Keeps what a run's pseudonyms stand for, apart from journals and logs, so that it can be erased.
 * The same value has the same pseudonym within a run and another in every other run.
 */
public interface Pseudonyms {
  /** A value to be kept from sight, and what kind it is of. */
  record Hidden(String kind, String value) {}

  /** The pseudonym of each, kept once the stage completes. */
  CompletionStage<Map<Hidden, String>> of(RunId run, Collection<Hidden> values);

  /** What these stand for in this run; what is not of this run is left out. */
  CompletionStage<Map<String, Hidden>> behind(RunId run, Set<String> pseudonyms);
}
