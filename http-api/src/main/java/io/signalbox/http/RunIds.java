package io.signalbox.http;

import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Hashes;
import io.signalbox.http.wire.Names;
import io.signalbox.protocol.RunId;
import java.security.SecureRandom;
import java.util.UUID;

/** Where the ids of runs come from. */
final class RunIds {
  private static final SecureRandom RANDOM = new SecureRandom();

  private RunIds() {}

  /** The id in the path of a request that only reads. */
  static RunId seek(Call call) {
    return new RunId(call.tenant(), Names.seek("run", call.path("id")));
  }

  /** The id in the path of a request that changes something. */
  static RunId take(Call call) {
    return new RunId(call.tenant(), Names.take("run", call.path("id")));
  }

  /** A new id: a version 7 UUID, which sorts by time. */
  static String fresh(long millis) {
    long high = (millis << 16) | 0x7000L | (RANDOM.nextLong() & 0xfffL);
    return uuid(high, RANDOM.nextLong());
  }

  /** Always the same id for the same seed: a version 8 UUID made of the seed's hash. */
  static String derived(String seed) {
    String hex = Hashes.sha256(seed);
    long high = Long.parseUnsignedLong(hex.substring(0, 16), 16);
    long low = Long.parseUnsignedLong(hex.substring(16, 32), 16);
    return uuid((high & ~0xf000L) | 0x8000L, low);
  }

  private static String uuid(long high, long low) {
    return new UUID(high, (low & 0x3fffffffffffffffL) | 0x8000000000000000L).toString();
  }
}
