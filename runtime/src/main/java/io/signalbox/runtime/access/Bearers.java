package io.signalbox.runtime.access;

import io.signalbox.protocol.access.AccessCommand.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Remembers for a second who holds which key, so that not every request asks the database; only the
 * actor that owns it uses it.
 */
final class Bearers {
  private static final Duration FRESH = Duration.ofMillis(900);
  private static final int MOST = 10_000;

  private final Map<String, Remembered> remembered =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
          return size() > MOST;
        }
      };
  private final Map<String, List<ActorRef<Reply>>> asked = new HashMap<>();
  private long epoch;

  private record Remembered(Reply reply, Instant since) {}

  Optional<Reply> known(String hash, Instant now) {
    return Optional.ofNullable(remembered.get(hash))
        .filter(it -> !it.since().plus(FRESH).isBefore(now))
        .map(Remembered::reply);
  }

  /** Notes who waits for this key; true when nobody has asked the database for it yet. */
  boolean ask(String hash, ActorRef<Reply> replyTo) {
    List<ActorRef<Reply>> waiting = asked.get(hash);
    if (waiting != null) {
      waiting.add(replyTo);
      return false;
    }
    asked.put(hash, new ArrayList<>(List.of(replyTo)));
    return true;
  }

  /** Counts revocations: what was looked up before one must not be remembered after it. */
  long epoch() {
    return epoch;
  }

  int waiting() {
    return asked.size();
  }

  /**
   * All who wait for the key, to be answered.
   *
   * @param since when the database was asked
   */
  List<ActorRef<Reply>> answer(String hash, Reply reply, long at, Instant since) {
    if (at == epoch && !(reply instanceof Reply.Refused)) {
      remembered.remove(hash);
      remembered.put(hash, new Remembered(reply, since));
    }
    List<ActorRef<Reply>> waiting = asked.remove(hash);
    return waiting == null ? List.of() : waiting;
  }

  void forget() {
    epoch++;
    remembered.clear();
  }
}
