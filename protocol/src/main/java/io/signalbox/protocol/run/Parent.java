package io.signalbox.protocol.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Optional;

/**
 * The run that a run belongs to, because a task of it is {@code run: workflow}.
 *
 * @param run the parent's id, in the same tenant
 * @param task the pointer of the parent's task
 * @param key under which the parent waits for the end, unique within it
 * @param awaited whether the parent wants to be told the end, and ends this run with itself
 * @param depth how many runs stand above this one, from 1
 * @param namespaces of the runs above, the nearest first; absent in old journals
 */
public record Parent(
    String run,
    String task,
    String key,
    boolean awaited,
    int depth,
    Optional<List<String>> namespaces) {
  @JsonCreator
  public Parent {
    namespaces = namespaces.map(List::copyOf);
  }

  /** A parent whose namespace does not matter. */
  public Parent(String run, String task, String key, boolean awaited, int depth) {
    this(run, task, key, awaited, depth, Optional.empty());
  }
}
