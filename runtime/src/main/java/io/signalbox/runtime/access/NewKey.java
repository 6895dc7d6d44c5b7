package io.signalbox.runtime.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** A key just drawn; its secret is told once and kept as its hash only. */
record NewKey(String id, String secret) {
  static NewKey draw(SecureRandom random) {
    byte[] id = new byte[9];
    byte[] secret = new byte[32];
    random.nextBytes(id);
    random.nextBytes(secret);
    return new NewKey(
        "key_" + HexFormat.of().formatHex(id),
        "sbk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  @Override
  public String toString() {
    return "NewKey[" + id + "]";
  }
}
