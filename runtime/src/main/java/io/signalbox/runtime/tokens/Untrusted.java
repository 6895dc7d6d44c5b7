package io.signalbox.runtime.tokens;

import com.nimbusds.jwt.proc.ExpiredJWTException;

/** Why a token is not accepted; carries no stack trace. */
final class Untrusted extends Exception {
  private static final long serialVersionUID = 1L;

  private final String rule;

  /**
   * Something that does not hold.
   *
   * @param rule the short name under which it is told and audited
   */
  Untrusted(String rule, String why) {
    super(why, null, false, false);
    this.rule = rule;
  }

  /** It is not signed with a key of its issuer. */
  static Untrusted key() {
    return new Untrusted("key", "it is signed with a key that its issuer does not publish");
  }

  /** What the library says, under a name of ours. */
  static Untrusted because(Exception failure) {
    String why = String.valueOf(failure.getMessage());
    if (failure instanceof ExpiredJWTException) {
      return new Untrusted("expired", why);
    }
    if (why.contains("no matching key")) {
      return key();
    }
    String rule =
        why.contains("signature")
            ? "signature"
            : why.contains("before use") ? "not-yet" : why.contains("aud") ? "audience" : "claims";
    return new Untrusted(rule, why);
  }

  String rule() {
    return "token:" + rule;
  }

  String why() {
    return "the token is not accepted: " + getMessage();
  }
}
