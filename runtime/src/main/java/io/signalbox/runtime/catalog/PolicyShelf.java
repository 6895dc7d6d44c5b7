package io.signalbox.runtime.catalog;

import io.signalbox.protocol.policy.Policy;
import io.signalbox.runtime.policy.CompiledPolicy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Policies compiled once per version, by the digest of their text. */
final class PolicyShelf {
  private static final int KEPT = 1000;

  private final Map<String, CompiledPolicy> compiled = new ConcurrentHashMap<>();

  /** The policy of that digest; nothing where its conditions can no longer be compiled. */
  Optional<CompiledPolicy> compiled(String digest, Policy policy) {
    CompiledPolicy known = compiled.get(digest);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<CompiledPolicy> fresh = CompiledPolicy.compile(policy).policy();
    if (compiled.size() >= KEPT) {
      compiled.clear();
    }
    fresh.ifPresent(it -> compiled.put(digest, it));
    return fresh;
  }
}
