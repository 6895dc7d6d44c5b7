package io.signalbox.journey;

import io.signalbox.journey.Outside.Received;
import io.signalbox.journey.Outside.Said;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/** What of the public httpbin has to be computed anew for each request. */
final class HttpBin {
  private static final String NONCE = "dcd98b7102dd2f0e8b11d0f600bfb0c0";
  private static final Pattern PAIR = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^,\\s]+))");

  private HttpBin() {}

  static Outside in(Outside outside) {
    return outside.on("/digest-auth/", HttpBin::digest);
  }

  /** {@code /digest-auth/QOP/USER/PASSWORD[/ALGORITHM]}, as RFC 7616 says it. */
  private static Said digest(Received request) throws NoSuchAlgorithmException {
    String[] parts = request.path().split("/", -1);
    String algorithm = parts.length > 5 ? parts[5] : "MD5";
    Map<String, String> said = new HashMap<>();
    String header = request.header("Authorization").orElse("");
    PAIR.matcher(header)
        .results()
        .forEach(it -> said.put(it.group(1), it.group(2) == null ? it.group(3) : it.group(2)));
    String first = hash(algorithm, parts[3] + ":realm:" + parts[4]);
    String second = hash(algorithm, request.method() + ":" + request.path());
    String wanted =
        hash(
            algorithm,
            String.join(
                ":",
                first,
                NONCE,
                said.getOrDefault("nc", ""),
                said.getOrDefault("cnonce", ""),
                parts[2],
                second));
    boolean right =
        header.startsWith("Digest ")
            && NONCE.equals(said.get("nonce"))
            && parts[3].equals(said.get("username"))
            && request.path().equals(said.get("uri"))
            && wanted.equals(said.get("response"));
    return right
        ? Said.json(200, "{\"authenticated\":true,\"user\":\"" + parts[3] + "\"}")
        : new Said(401, "text/plain", "")
            .with(
                Map.of(
                    "WWW-Authenticate",
                    "Digest realm=\"realm\", nonce=\"%s\", qop=\"%s\", algorithm=%s, opaque=\"o\""
                        .formatted(NONCE, parts[2], algorithm)));
  }

  private static String hash(String algorithm, String text) throws NoSuchAlgorithmException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
  }
}
