package io.signalbox.runtime.quota;

import io.signalbox.protocol.quota.Amounts;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * What was counted for one budget, one of its values and one period.
 *
 * @param recovered when it will have recovered from the calls so far, for a rate
 * @param places until when calls under way hold their places, by key, for a concurrency limit
 * @param open reservations that count here and have not ended
 */
public record Counter(
    Amounts used,
    Amounts reserved,
    Optional<Instant> recovered,
    Map<String, Instant> places,
    int open) {
  static final Counter NEW =
      new Counter(Amounts.NONE, Amounts.NONE, Optional.empty(), HashTreePMap.empty(), 0);

  public Counter {
    places = persistent(places);
  }

  private static PMap<String, Instant> persistent(Map<String, Instant> places) {
    return places instanceof PMap<String, Instant> map ? map : HashTreePMap.from(places);
  }

  Counter reserve(String key, Amounts most, Optional<Instant> rate, Optional<Instant> placeUntil) {
    PMap<String, Instant> map = persistent(places);
    return new Counter(
        used,
        reserved.plus(most),
        rate.or(() -> recovered),
        placeUntil.map(until -> map.plus(key, until)).orElse(map),
        open + 1);
  }

  /** The reservation is over; {@code drawn} stays. */
  Counter end(String key, Amounts most, Amounts drawn) {
    return new Counter(
        used.plus(drawn), reserved.minus(most), recovered, persistent(places).minus(key), open - 1);
  }

  /** A call that was counted turns out not to have happened. */
  Counter credit(Amounts back) {
    return new Counter(used.minus(back), reserved, recovered, places, open);
  }

  /** Without places whose time is over. */
  Counter swept(Instant now) {
    PMap<String, Instant> map = persistent(places);
    for (Map.Entry<String, Instant> place : places.entrySet()) {
      if (place.getValue().isBefore(now)) {
        map = map.minus(place.getKey());
      }
    }
    return new Counter(used, reserved, recovered, map, open);
  }

  /** Calls that hold a place now. */
  long underWay(Instant now) {
    return places.values().stream().filter(until -> until.isAfter(now)).count();
  }

  /** All that is spoken for. */
  Amounts drawn() {
    return used.plus(reserved);
  }
}
