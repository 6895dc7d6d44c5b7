package io.signalbox.agents.hands.auth;

import io.signalbox.agents.hands.web.Answer;
import io.signalbox.agents.hands.web.Ask;
import io.signalbox.agents.hands.web.Authorization;
import io.signalbox.agents.hands.web.Talk;
import java.util.Optional;

/** The same header for every request: Basic (RFC 7617) and Bearer (RFC 6750). */
record Fixed(String scheme, String value) implements Authorization {
  @Override
  public Ask sign(Talk talk, Ask ask) {
    return ask.with("Authorization", scheme + " " + value);
  }

  @Override
  public Optional<Ask> again(Talk talk, Ask refused, Answer answer) {
    return Optional.empty();
  }

  @Override
  public Optional<String> parameter(Talk talk) {
    return Optional.of(value);
  }

  @Override
  public String toString() {
    return scheme + " ***";
  }
}
