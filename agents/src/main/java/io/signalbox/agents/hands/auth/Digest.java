package io.signalbox.agents.hands.auth;

import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.web.Answer;
import io.signalbox.agents.hands.web.Ask;
import io.signalbox.agents.hands.web.Authorization;
import io.signalbox.agents.hands.web.Talk;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Digest authentication (RFC 7616): the password itself is never sent. */
final class Digest implements Authorization {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String username;
  private final String password;
  private boolean answered;

  Digest(String username, String password) {
    this.username = username;
    this.password = password;
  }

  /** There is nothing to show before the server has asked. */
  @Override
  public Ask sign(Talk talk, Ask ask) {
    return ask;
  }

  @Override
  public Optional<Ask> again(Talk talk, Ask refused, Answer answer) throws Setback {
    var challenges = Challenge.read(answer.headers().allValues("www-authenticate"));
    var challenge = chosen(challenges);
    if (challenge.isEmpty()) {
      throw Setback.failed(
          "authentication",
          401,
          "the server asks for "
              + String.join(", ", challenges.stream().map(Challenge::scheme).toList())
              + " and not for a digest that is supported (MD5, SHA-256, SHA-512-256)");
    }
    boolean stale = challenge.get().parameter("stale").filter("true"::equalsIgnoreCase).isPresent();
    if (answered && !stale) {
      return Optional.empty();
    }
    answered = true;
    var bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    var value =
        new DigestResponse(challenge.get(), username, password, HexFormat.of().formatHex(bytes))
            .header(refused);
    return Optional.of(refused.with("Authorization", value));
  }

  /** The server names them in the order it likes best. */
  private static Optional<Challenge> chosen(List<Challenge> challenges) {
    return challenges.stream()
        .filter(it -> it.scheme().equalsIgnoreCase("Digest"))
        .filter(it -> DigestResponse.algorithm(it).isPresent())
        .findFirst();
  }

  @Override
  public Optional<String> parameter(Talk talk) {
    return Optional.empty();
  }
}
