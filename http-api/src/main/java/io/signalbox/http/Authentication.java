package io.signalbox.http;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.http.wire.Door;
import io.signalbox.http.wire.Endpoint.Access;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.access.AccessCommand;
import io.signalbox.protocol.access.Principal;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** Learns who is calling from the bearer credential, and whether they may call here at all. */
final class Authentication {
  private static final String SCHEME = "bearer ";
  private static final String INVALID = ", error=\"invalid_token\"";
  private static final int LONGEST = 8192;

  private final Door<AccessCommand, AccessCommand.Reply> access;

  Authentication(Door<AccessCommand, AccessCommand.Reply> access) {
    this.access = access;
  }

  CompletionStage<Optional<Principal>> enter(HttpRequest request, Router.Match match) {
    return match.endpoint().access() == Access.OPEN
        ? completedStage(Optional.empty())
        : caller(request).thenApply(Optional::of);
  }

  /**
   * Whoever is known by now may be here, or is refused by name: in some namespace at least; in
   * which one is seen once it is known what is asked for.
   */
  static void permit(Optional<Principal> who, Router.Match match) {
    String permission = match.endpoint().permission(match.path());
    if (who.isPresent() && !who.get().rights().anywhere(permission)) {
      throw Problem.notPermitted(permission);
    }
  }

  private CompletionStage<Principal> caller(HttpRequest request) {
    String header = request.getHeader("Authorization").map(HttpHeader::value).orElse("");
    if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      throw unauthorized("send a key or token as Authorization: Bearer ...", "");
    }
    String bearer = header.substring(SCHEME.length()).strip();
    if (bearer.isEmpty()) {
      throw unknown();
    }
    if (bearer.length() > LONGEST) {
      throw unauthorized("a credential has at most " + LONGEST + " characters", INVALID);
    }
    return access
        .ask(AccessCommand.Reply.class, to -> new AccessCommand.Authenticate(bearer, to))
        .thenApply(
            reply -> {
              if (reply instanceof AccessCommand.Reply.Known(Principal principal)) {
                return principal;
              }
              if (reply instanceof AccessCommand.Reply.Rejected(String rule, String why)) {
                throw unauthorized(why, INVALID).with("rule", TextNode.valueOf(rule));
              }
              throw unknown();
            });
  }

  private static Problem unknown() {
    return unauthorized("the credential is not known, expired or revoked", INVALID);
  }

  private static Problem unauthorized(String detail, String error) {
    return Problem.of(401, "unauthorized", "Who are you?", detail)
        .header("WWW-Authenticate", "Bearer realm=\"signalbox\"" + error);
  }
}
