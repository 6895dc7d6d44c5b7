package io.signalbox.agents.hands.auth;

import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.secrets.Veil;
import io.signalbox.agents.hands.web.Answer;
import io.signalbox.agents.hands.web.Ask;
import io.signalbox.agents.hands.web.Authorization;
import io.signalbox.agents.hands.web.Talk;
import java.util.Optional;

/** OAuth 2 and OpenID Connect: a token of the node's, and once a fresh one where it is refused. */
final class Token implements Authorization {
  private final Tokens tokens;
  private final TokenRequest request;
  private final String key;
  private final Veil veil;
  private boolean renewed;

  Token(Tokens tokens, TokenRequest request, String tenant, Veil veil) {
    this.tokens = tokens;
    this.request = request;
    this.key = request.key(tenant);
    this.veil = veil;
  }

  @Override
  public Ask sign(Talk talk, Ask ask) throws Setback {
    return ask.with("Authorization", "Bearer " + concealed(tokens.current(talk, key, request)));
  }

  @Override
  public Optional<Ask> again(Talk talk, Ask refused, Answer answer) throws Setback {
    if (renewed) {
      return Optional.empty();
    }
    renewed = true;
    var header = refused.headers().getOrDefault("Authorization", java.util.List.of());
    var used = String.join("", header).replaceFirst("^Bearer ", "");
    var fresh = tokens.fresh(talk, key, request, used);
    return Optional.of(refused.with("Authorization", "Bearer " + concealed(fresh)));
  }

  @Override
  public Optional<String> parameter(Talk talk) throws Setback {
    return Optional.of(concealed(tokens.current(talk, key, request)));
  }

  private String concealed(String token) {
    veil.conceal(token, "token");
    return token;
  }
}
