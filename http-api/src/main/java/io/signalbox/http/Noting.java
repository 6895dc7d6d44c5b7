package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Problem;
import io.signalbox.http.wire.Problems;
import io.signalbox.protocol.access.Principal;
import io.signalbox.protocol.audit.AuditNote;
import io.signalbox.protocol.audit.Trail;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Tells the audit trail what happens at this door: who comes in, who is turned away, and every act
 * of administration. What runs do is in their journals and is not told again.
 */
final class Noting {
  private static final Duration ANEW = Duration.ofHours(1);
  private static final int MOST_KNOWN = 10_000;

  /** What is journalled by the runs, events and messages themselves. */
  private static final List<String> ELSEWHERE =
      List.of("/v1/runs", "/v1/events", "/v1/hooks", "/v1/approvals", "/mcp", "/a2a", "/v1/chat");

  private final Trail trail;
  private final InstantSource clock;
  private final Map<String, Instant> seen = new ConcurrentHashMap<>();

  Noting(Trail trail, InstantSource clock) {
    this.trail = trail;
    this.clock = clock;
  }

  /** Somebody came in, for the first time in a while, or was not let in. */
  void entered(
      HttpRequest request,
      Router.Match match,
      @Nullable Optional<Principal> who,
      @Nullable Throwable failure) {
    if (failure != null) {
      turnedAway(request, match, Optional.empty(), failure);
    } else if (who != null && who.isPresent() && isNew(who.get())) {
      Principal principal = who.get();
      trail.tell(
          from(
              request,
              AuditNote.done(principal.tenant(), principal.id(), "login", principal.id())
                  .with("roles", String.join(" ", principal.roles()))));
    }
  }

  /** A request of somebody known was answered, or refused. */
  void acted(
      HttpRequest request,
      Router.Match match,
      Optional<Principal> who,
      @Nullable Answer answer,
      @Nullable Throwable failure) {
    if (failure != null) {
      turnedAway(request, match, who, failure);
    } else if (who.isPresent() && administers(match.endpoint())) {
      trail.tell(from(request, administered(request, match, who.get(), answer)));
    }
  }

  private void turnedAway(
      HttpRequest request, Router.Match match, Optional<Principal> who, Throwable failure) {
    if (!Problem.is(401, failure) && !Problem.is(403, failure)) {
      return;
    }
    JsonNode problem =
        Problems.of(failure).answer(Call.instance(request)).body().orElseThrow();
    AuditNote note =
        AuditNote.refused(
            who.map(Principal::tenant).orElse(AuditNote.NOBODY),
            who.map(Principal::id).orElse("unknown"),
            Problem.is(401, failure) ? "login" : action(match.endpoint()),
            target(request, match),
            problem.path("rule").asText(problem.path("type").asText()));
    trail.tell(from(request, note.with("why", problem.path("detail").asText())));
  }

  private static AuditNote administered(
      HttpRequest request, Router.Match match, Principal who, @Nullable Answer answer) {
    AuditNote note =
        AuditNote.done(who.tenant(), who.id(), action(match.endpoint()), target(request, match));
    if (answer instanceof Answer.Document document) {
      AuditNote more = note.with("status", Integer.toString(document.status()));
      return document
          .body()
          .flatMap(Noting::named)
          .map(name -> more.with("made", name))
          .orElse(more);
    }
    return note;
  }

  /** What the answer says was made: never more than its name, which is no secret. */
  private static Optional<String> named(JsonNode body) {
    return List.of("id", "name").stream()
        .map(body::path)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .findFirst();
  }

  private boolean isNew(Principal who) {
    Instant now = clock.instant();
    String key = who.tenant() + '|' + who.id();
    Instant last = seen.get(key);
    if (last != null && last.plus(ANEW).isAfter(now)) {
      return false;
    }
    if (seen.size() >= MOST_KNOWN) {
      seen.clear(); // at worst somebody's coming in is noted once more
    }
    Instant before = seen.put(key, now);
    return before == null || !before.plus(ANEW).isAfter(now);
  }

  private static boolean administers(Endpoint endpoint) {
    return !endpoint.method().equals("GET")
        && ELSEWHERE.stream().noneMatch(endpoint.pattern()::startsWith)
        && !endpoint.pattern().endsWith("/call")
        && !endpoint.pattern().endsWith("/messages")
        && !endpoint.pattern().endsWith("/runs");
  }

  /** Such as {@code keys.post}: the kind of thing, and what was asked of it. */
  private static String action(Endpoint endpoint) {
    List<String> segments = endpoint.segments();
    String kind = segments.size() > 1 ? segments.get(1) : segments.getFirst();
    return kind + "." + endpoint.method().toLowerCase(Locale.ROOT);
  }

  /** Refusals at one route are alike, whatever was asked for there. */
  private static String target(HttpRequest request, Router.Match match) {
    return administers(match.endpoint())
        ? Call.instance(request)
        : match.endpoint().method() + " " + match.endpoint().pattern();
  }

  private static AuditNote from(HttpRequest request, AuditNote note) {
    return request
        .getAttribute(AttributeKeys.remoteAddress)
        .flatMap(address -> address.getAddress())
        .map(InetAddress::getHostAddress)
        .map(address -> note.with("address", address))
        .orElse(note);
  }
}
