package io.signalbox.agents.hands.auth;

import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.web.Talk;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The tokens of this node: each is asked for once, however many calls wait for it, and kept until
 * shortly before its end. They are nowhere but in memory.
 */
public final class Tokens {
  private final TokenSettings settings;
  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** One token's place; whoever holds its lock is the one who asks. */
  private static final class Entry {
    final ReentrantLock asking = new ReentrantLock();
    Optional<Grant> grant = Optional.empty();
    Instant until = Instant.MIN;
    Optional<String> endpoint = Optional.empty();
    Instant endpointUntil = Instant.MIN;
  }

  public Tokens(TokenSettings settings) {
    this.settings = settings;
  }

  /** A token that is good for now. */
  String current(Talk talk, String key, TokenRequest request) throws Setback {
    return get(talk, key, request, "");
  }

  /** Another one, since a server did not take the one given. */
  String fresh(Talk talk, String key, TokenRequest request, String refused) throws Setback {
    return get(talk, key, request, refused);
  }

  private String get(Talk talk, String key, TokenRequest request, String refused) throws Setback {
    var entry = entry(key);
    talk.lock(entry.asking);
    try {
      var known = entry.grant.filter(it -> talk.now().isBefore(entry.until));
      if (known.isPresent() && !known.get().token().equals(refused)) {
        return known.get().token();
      }
      var grant = ask(talk, request, entry);
      entry.grant = Optional.of(grant);
      entry.until =
          grant
              .expires()
              .map(it -> it.minus(settings.margin()))
              .orElseGet(() -> talk.now().plus(settings.unstated()));
      return grant.token();
    } finally {
      entry.asking.unlock();
    }
  }

  /** A refresh token that came with the last one is used first; it may have been withdrawn. */
  private Grant ask(Talk talk, TokenRequest request, Entry entry) throws Setback {
    var endpoint = endpoint(talk, request, entry);
    var refresh = entry.grant.flatMap(Grant::refreshToken);
    if (refresh.isPresent()) {
      try {
        return kept(Issuer.ask(talk, request, endpoint, refresh), refresh.get());
      } catch (Setback _) {
        entry.grant = Optional.empty();
      }
    }
    return Issuer.ask(talk, request, endpoint, Optional.empty());
  }

  private static Grant kept(Grant grant, String refresh) {
    return new Grant(
        grant.token(), grant.expires(), grant.refreshToken().or(() -> Optional.of(refresh)));
  }

  private String endpoint(Talk talk, TokenRequest request, Entry entry) throws Setback {
    if (!request.discovered()) {
      return request.tokenEndpoint();
    }
    if (entry.endpoint.isEmpty() || !talk.now().isBefore(entry.endpointUntil)) {
      entry.endpoint = Optional.of(Issuer.discover(talk, request));
      entry.endpointUntil = talk.now().plus(settings.discovery());
    }
    return entry.endpoint.get();
  }

  private Entry entry(String key) {
    synchronized (entries) {
      var entry = entries.computeIfAbsent(key, _ -> new Entry());
      if (entries.size() > settings.most()) {
        var oldest = entries.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
      return entry;
    }
  }
}
