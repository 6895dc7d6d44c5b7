package io.signalbox.runtime.access;

import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.access.AccessCommand;
import io.signalbox.protocol.access.AccessCommand.Reply;
import io.signalbox.protocol.access.Principal;
import io.signalbox.runtime.definition.Digests;
import io.signalbox.runtime.storage.Database;
import io.signalbox.runtime.storage.Database.Work;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The node's keeper of keys and of answers to requests that must act once. */
public final class AccessActor {
  private static final Duration FORGET_EVERY = Duration.ofHours(1);
  private static final int MOST_AT_ONCE = 512;
  private static final int LONGEST_TEXT = 200;
  private static final Principal ADMIN =
      new Principal("default", "user:admin", Set.of("admin"), true);

  private final ActorContext<Object> context;
  private final Database database;
  private final Optional<String> adminKeyHash;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Bearers bearers = new Bearers();
  private int underWay;

  private enum Own {
    FORGET
  }

  private record Done(ActorRef<Reply> replyTo, Reply reply, boolean revoked) {}

  private record Forgotten() {}

  private record LookedUp(String hash, Reply reply, long epoch, Instant since) {}

  private AccessActor(
      ActorContext<Object> context,
      Database database,
      Optional<String> adminKeyHash,
      SecureRandom random,
      InstantSource clock) {
    this.context = context;
    this.database = database;
    this.adminKeyHash = adminKeyHash;
    this.random = random;
    this.clock = clock;
  }

  /**
   * The behaviour.
   *
   * @param adminKeyHash hex SHA-256 of the local administrator's key, in local mode
   */
  public static Behavior<AccessCommand> create(
      Database database, Optional<String> adminKeyHash, SecureRandom random, InstantSource clock) {
    return Behaviors.<Object>setup(
            context ->
                Behaviors.withTimers(
                    timers -> {
                      timers.startTimerWithFixedDelay(Own.FORGET, FORGET_EVERY);
                      return new AccessActor(context, database, adminKeyHash, random, clock)
                          .behavior();
                    }))
        .narrow();
  }

  private Behavior<Object> behavior() {
    return Behaviors.receive(Object.class)
        .onMessage(AccessCommand.class, this::take)
        .onMessage(
            LookedUp.class,
            it -> {
              bearers.answer(it.hash(), it.reply(), it.epoch(), it.since());
              return Behaviors.same();
            })
        .onMessage(
            Done.class,
            it -> {
              underWay--;
              if (it.revoked()) {
                bearers.forget();
              }
              it.replyTo().tell(it.reply());
              return Behaviors.same();
            })
        .onMessage(Forgotten.class, _ -> Behaviors.same())
        .onMessageEquals(Own.FORGET, this::forget)
        .build();
  }

  private Behavior<Object> take(AccessCommand command) {
    switch (command) {
      case AccessCommand.Authenticate it -> authenticate(it);
      case AccessCommand.CreateKey it -> create(it);
      case AccessCommand.ListKeys it ->
          work(it.replyTo(), c -> new Reply.Keys(Keys.list(c, it.tenant())));
      case AccessCommand.RevokeKey it -> revoke(it);
      case AccessCommand.Claim it -> claim(it);
      case AccessCommand.Keep it ->
          work(
              it.replyTo(),
              c -> {
                Claims.keep(c, it.tenant(), it.key(), it.status(), it.body());
                return new Reply.Done();
              });
      case AccessCommand.Release it ->
          work(
              it.replyTo(),
              c -> {
                Claims.release(c, it.tenant(), it.key());
                return new Reply.Done();
              });
    }
    return Behaviors.same();
  }

  private void authenticate(AccessCommand.Authenticate it) {
    String hash = Digests.sha256(it.bearer());
    if (adminKeyHash.isPresent() && same(adminKeyHash.get(), hash)) {
      it.replyTo().tell(new Reply.Known(ADMIN));
      return;
    }
    Instant now = clock.instant();
    Optional<Reply> known = bearers.known(hash, now);
    if (known.isPresent()) {
      it.replyTo().tell(known.get());
    } else if (bearers.waiting() >= MOST_AT_ONCE) {
      it.replyTo().tell(busy("too many keys are being looked up"));
    } else if (bearers.ask(hash, it.replyTo())) {
      long epoch = bearers.epoch();
      context.pipeToSelf(
          database.call(
              c -> Keys.holder(c, hash).<Reply>map(Reply.Known::new).orElseGet(Reply.Unknown::new)),
          (reply, failure) ->
              new LookedUp(hash, failure == null ? reply : away(failure), epoch, now));
    }
  }

  private void create(AccessCommand.CreateKey it) {
    Optional<Reply> wrong = wrong(it);
    if (wrong.isPresent()) {
      it.replyTo().tell(wrong.get());
      return;
    }
    byte[] id = new byte[9];
    byte[] secret = new byte[32];
    random.nextBytes(id);
    random.nextBytes(secret);
    String text = "sbk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    AccessCommand.Key key =
        new AccessCommand.Key(
            "key_" + HexFormat.of().formatHex(id),
            it.principal(),
            it.roles(),
            Keys.whole(clock.instant()),
            it.expires().map(Keys::whole));
    work(
        it.replyTo(),
        c -> {
          Keys.insert(c, it.tenant(), key, Digests.sha256(text));
          return new Reply.Created(key, text);
        });
  }

  private Optional<Reply> wrong(AccessCommand.CreateKey it) {
    if (!it.principal().matches("(user|service|hook):[^\\s|]{1,100}")) {
      return invalid("/principal", "must be user:NAME, service:NAME or hook:NAME");
    }
    if (it.roles().stream().anyMatch(role -> !role.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}"))) {
      return invalid("/roles", "a role has 1 to 63 letters, digits, '.', '_' and '-'");
    }
    if (it.expires().filter(at -> !at.isAfter(clock.instant())).isPresent()) {
      return invalid("/expires", "must be in the future");
    }
    return Optional.empty();
  }

  private void revoke(AccessCommand.RevokeKey it) {
    work(
        it.replyTo(),
        c ->
            Keys.revoke(c, it.tenant(), it.id())
                ? new Reply.Done()
                : new Reply.Refused(new Refusal.NotFound("there is no key '" + it.id() + "'")),
        true);
  }

  private void claim(AccessCommand.Claim it) {
    if (it.key().isBlank() || it.key().length() > LONGEST_TEXT) {
      invalid("/headers/Idempotency-Key", "must have 1 to " + LONGEST_TEXT + " characters")
          .ifPresent(it.replyTo()::tell);
      return;
    }
    work(it.replyTo(), c -> Claims.claim(c, it.tenant(), it.key(), it.requestHash()));
  }

  private void work(ActorRef<Reply> replyTo, Work<Reply> work) {
    work(replyTo, work, false);
  }

  private void work(ActorRef<Reply> replyTo, Work<Reply> work, boolean revokes) {
    if (underWay >= MOST_AT_ONCE) {
      replyTo.tell(busy("too many requests are under way"));
      return;
    }
    underWay++;
    context.pipeToSelf(
        database.call(work),
        (reply, failure) -> new Done(replyTo, failure == null ? reply : away(failure), revokes));
  }

  private Behavior<Object> forget() {
    context.pipeToSelf(
        database.call(Claims::forget),
        (_, failure) -> {
          if (failure != null) {
            context.getLog().warn("old idempotent answers stay for now: {}", failure.toString());
          }
          return new Forgotten();
        });
    return Behaviors.same();
  }

  private Reply away(Throwable failure) {
    context.getLog().warn("keys and claims are out of reach", failure);
    return busy("the database does not answer now");
  }

  private static Reply busy(String why) {
    return new Reply.Refused(new Refusal.TooBusy(why, Duration.ofSeconds(2)));
  }

  private static Optional<Reply> invalid(String pointer, String message) {
    return Optional.of(
        new Reply.Refused(
            new Refusal.Invalid("the request is invalid", List.of(new Fault(pointer, message)))));
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
