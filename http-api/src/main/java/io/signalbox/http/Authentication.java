package io.signalbox.http;

import static java.util.concurrent.CompletableFuture.completedStage;

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
  private static final int LONGEST = 8192;

  private final Door<AccessCommand, AccessCommand.Reply> access;

  Authentication(Door<AccessCommand, AccessCommand.Reply> access) {
    this.access = access;
  }

  CompletionStage<Optional<Principal>> enter(HttpRequest request, Access needed) {
    return switch (needed) {
      case OPEN -> completedStage(Optional.empty());
      case KEY, ADMIN -> caller(request).thenApply(Optional::of);
    };
  }

  /** Whoever is known by now may be here, or is refused by name. */
  static void permit(Optional<Principal> who, Access needed) {
    if (needed == Access.ADMIN) {
      who.ifPresent(Authentication::admin);
    }
  }

  private CompletionStage<Principal> caller(HttpRequest request) {
    String header = request.getHeader("Authorization").map(HttpHeader::value).orElse("");
    if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      throw unauthorized("send a key or token as Authorization: Bearer ...", "");
    }
    String bearer = header.substring(SCHEME.length()).strip();
    if (bearer.isEmpty() || bearer.length() > LONGEST) {
      throw unknown();
    }
    return access
        .ask(AccessCommand.Reply.class, to -> new AccessCommand.Authenticate(bearer, to))
        .thenApply(
            reply -> {
              if (reply instanceof AccessCommand.Reply.Known(Principal principal)) {
                return principal;
              }
              throw unknown();
            });
  }

  private static void admin(Principal principal) {
    if (!principal.localAdmin() && !principal.roles().contains("admin")) {
      throw Problem.of(403, "not-allowed", "Not permitted", "this needs the role admin");
    }
  }

  private static Problem unknown() {
    return unauthorized(
        "the credential is not known, expired or revoked", ", error=\"invalid_token\"");
  }

  private static Problem unauthorized(String detail, String error) {
    return Problem.of(401, "unauthorized", "Who are you?", detail)
        .header("WWW-Authenticate", "Bearer realm=\"signalbox\"" + error);
  }
}
