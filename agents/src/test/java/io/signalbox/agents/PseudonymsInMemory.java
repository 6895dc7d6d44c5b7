package io.signalbox.agents;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.guard.Pseudonyms;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Pseudonyms that last as long as the test; counted, so that they are the same in every run. */
public final class PseudonymsInMemory implements Pseudonyms {
  private record Key(RunId run, Hidden value) {}

  private final Map<Key, String> names = new HashMap<>();

  @Override
  public synchronized CompletionStage<Map<Hidden, String>> of(
      RunId run, Collection<Hidden> values) {
    Map<Hidden, String> found = new HashMap<>();
    for (Hidden value : values) {
      String fresh =
          "[%s_%010d]".formatted(value.kind().toUpperCase(Locale.ROOT), names.size() + 1);
      String known = names.putIfAbsent(new Key(run, value), fresh);
      found.put(value, known == null ? fresh : known);
    }
    return CompletableFuture.completedStage(found);
  }

  @Override
  public synchronized CompletionStage<Map<String, Hidden>> behind(
      RunId run, Set<String> pseudonyms) {
    Map<String, Hidden> found = new HashMap<>();
    names.forEach(
        (key, name) -> {
          if (key.run().equals(run) && pseudonyms.contains(name)) {
            found.put(name, key.value());
          }
        });
    return CompletableFuture.completedStage(found);
  }
}
