package io.signalbox.protocol.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.policy.PolicyReplay;
import io.signalbox.protocol.policy.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/** What the node's keeper of keys and idempotent answers can be asked. */
public sealed interface AccessCommand {
  /** Who holds this bearer key; answered {@code Known} or {@code Unknown}. */
  record Authenticate(String bearer, ActorRef<Reply> replyTo) implements AccessCommand {}

  record CreateKey(
      String tenant,
      String principal,
      Set<String> roles,
      Optional<Set<Grant>> scopes,
      Optional<Instant> expires,
      ActorRef<Reply> replyTo)
      implements AccessCommand {
    public CreateKey {
      roles = Set.copyOf(roles);
      scopes = scopes.map(Set::copyOf);
    }

    /** One that may do all that its holder may. */
    public CreateKey(
        String tenant,
        String principal,
        Set<String> roles,
        Optional<Instant> expires,
        ActorRef<Reply> replyTo) {
      this(tenant, principal, roles, Optional.empty(), expires, replyTo);
    }
  }

  /** Another secret for the same holder; the old one ends after the overlap. */
  record RotateKey(String tenant, String id, Duration overlap, ActorRef<Reply> replyTo)
      implements AccessCommand {}

  /** Lets somebody act for another principal of the tenant; answered {@code Known}. */
  record ActFor(Principal by, String behalf, ActorRef<Reply> replyTo) implements AccessCommand {}

  /** What would be decided about a call, without any effect; answered {@code Told}. */
  record Simulate(String tenant, Simulation call, ActorRef<Reply> replyTo)
      implements AccessCommand {}

  /** Which past calls would be decided otherwise; answered {@code Told}. */
  record ReplayPolicies(String tenant, PolicyReplay wanted, ActorRef<Reply> replyTo)
      implements AccessCommand {}

  record ListKeys(String tenant, ActorRef<Reply> replyTo) implements AccessCommand {}

  record RevokeKey(String tenant, String id, ActorRef<Reply> replyTo) implements AccessCommand {}

  /**
   * Claims an Idempotency-Key for a request; answered {@code Fresh} once, then {@code Replay} with
   * the kept answer, or {@code Refused} (Conflict while the first is under way, Invalid for another
   * body).
   */
  record Claim(String tenant, String key, String requestHash, ActorRef<Reply> replyTo)
      implements AccessCommand {}

  /** Keeps the answer to a claimed request for 24 hours. */
  record Keep(String tenant, String key, int status, JsonNode body, ActorRef<Reply> replyTo)
      implements AccessCommand {}

  /** Gives up a claim, so that the request may be made again. */
  record Release(String tenant, String key, ActorRef<Reply> replyTo) implements AccessCommand {}

  /** A key without its secret. */
  record Key(
      String id,
      String principal,
      Set<String> roles,
      Instant createdAt,
      Optional<Instant> expires,
      Optional<Set<Grant>> scopes) {
    public Key {
      roles = Set.copyOf(roles);
      scopes = scopes.map(Set::copyOf);
    }
  }

  /** The answers. */
  sealed interface Reply {
    record Known(Principal principal) implements Reply {}

    record Unknown() implements Reply {}

    /** A token that is not accepted, by which rule, and why. */
    record Rejected(String rule, String why) implements Reply {}

    /** The only time the secret is shown. */
    record Created(Key key, String secret) implements Reply {}

    record Keys(List<Key> items) implements Reply {
      public Keys {
        items = List.copyOf(items);
      }
    }

    record Told(JsonNode document) implements Reply {}

    record Fresh() implements Reply {}

    record Replay(int status, JsonNode body) implements Reply {}

    record Done() implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }
}
