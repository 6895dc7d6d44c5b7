package io.signalbox.agents.hands.auth;

import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.web.Ask;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** What a client answers to a digest challenge (RFC 7616, section 3.4). */
record DigestResponse(Challenge challenge, String username, String password, String cnonce) {
  private static final String COUNT = "00000001";

  /** The hash the challenge asks for, if the JDK has it; MD5 where it names none. */
  static Optional<String> algorithm(Challenge challenge) {
    return switch (named(challenge).replaceFirst("-SESS$", "")) {
      case "MD5" -> Optional.of("MD5");
      case "SHA-256" -> Optional.of("SHA-256");
      case "SHA-512-256" -> Optional.of("SHA-512/256");
      default -> Optional.empty();
    };
  }

  private static String named(Challenge challenge) {
    return challenge.parameter("algorithm").orElse("MD5").toUpperCase(Locale.ROOT);
  }

  String header(Ask ask) throws Setback {
    var realm = challenge.parameter("realm").orElse("");
    var nonce = challenge.parameter("nonce").orElse("");
    var uri = ask.uri().getRawPath().isEmpty() ? "/" : ask.uri().getRawPath();
    if (ask.uri().getRawQuery() != null) {
      uri += "?" + ask.uri().getRawQuery();
    }
    var qop = qop();
    var ha1 = hash(username + ":" + realm + ":" + password);
    if (named(challenge).endsWith("-SESS")) {
      ha1 = hash(ha1 + ":" + nonce + ":" + cnonce);
    }
    var ha2 = hash(ask.method() + ":" + uri + (qop.equals("auth-int") ? ":" + body(ask) : ""));
    var response =
        qop.isEmpty()
            ? hash(ha1 + ":" + nonce + ":" + ha2)
            : hash(String.join(":", ha1, nonce, COUNT, cnonce, qop, ha2));
    boolean hidden = challenge.parameter("userhash").filter("true"::equalsIgnoreCase).isPresent();
    var header = new StringBuilder("Digest ");
    header.append(pair("username", hidden ? hash(username + ":" + realm) : username));
    header.append(", ").append(pair("realm", realm));
    header.append(", ").append(pair("nonce", nonce));
    header.append(", ").append(pair("uri", uri));
    challenge.parameter("algorithm").ifPresent(it -> header.append(", algorithm=").append(it));
    header.append(", ").append(pair("response", response));
    if (!qop.isEmpty()) {
      header.append(", qop=").append(qop).append(", nc=").append(COUNT);
      header.append(", ").append(pair("cnonce", cnonce));
    }
    challenge.parameter("opaque").ifPresent(it -> header.append(", ").append(pair("opaque", it)));
    if (hidden) {
      header.append(", userhash=true");
    }
    return header.toString();
  }

  /** Protecting the path is enough where the server lets us choose. */
  private String qop() throws Setback {
    var offered =
        Arrays.stream(challenge.parameter("qop").orElse("").split(",", -1))
            .map(it -> it.strip().toLowerCase(Locale.ROOT))
            .filter(it -> !it.isEmpty())
            .toList();
    if (offered.isEmpty()) {
      return "";
    }
    if (offered.contains("auth")) {
      return "auth";
    }
    if (offered.contains("auth-int")) {
      return "auth-int";
    }
    throw Setback.failed("authentication", 401, "the server's digest wants qop " + offered);
  }

  private String body(Ask ask) {
    return hash(ask.body().orElse(ByteString.emptyByteString()).toArray());
  }

  private String hash(String text) {
    return hash(text.getBytes(StandardCharsets.UTF_8));
  }

  private String hash(byte[] bytes) {
    try {
      var digest = MessageDigest.getInstance(algorithm(challenge).orElse("MD5"));
      return HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pair(String name, String value) {
    return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  @Override
  public String toString() {
    return "DigestResponse[" + challenge.scheme() + "]";
  }
}
