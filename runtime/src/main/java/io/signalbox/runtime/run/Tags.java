package io.signalbox.runtime.run;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Draws the tags of runs' secret markers; chance is data to those who decide. */
final class Tags {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Tags() {}

  /** 16 hex digits that nobody can guess. */
  static String fresh() {
    byte[] bytes = new byte[8];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
