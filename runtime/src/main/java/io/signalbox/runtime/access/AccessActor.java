package io.signalbox.runtime.access;

import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.access.AccessCommand;
import io.signalbox.protocol.access.AccessCommand.Reply;
import io.signalbox.protocol.access.KeyRevoked;
import io.signalbox.protocol.access.Principal;
import io.signalbox.runtime.catalog.Rulebook;
import io.signalbox.runtime.catalog.Rulebooks;
import io.signalbox.runtime.definition.Digests;
import io.signalbox.runtime.storage.Database;
import io.signalbox.runtime.storage.Database.Work;
import io.signalbox.runtime.tokens.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.pubsub.Topic;

/**
 * The node's keeper of keys and of answers to requests that must act once.
 *
 * <p>Longer than 300 lines because who somebody is, and what becomes of a request with a key, is
 * answered from one mailbox that bounds both.
 */
public final class AccessActor {
  private static final Duration FORGET_EVERY = Duration.ofHours(1);
  private static final int MOST_AT_ONCE = 512;
  private static final int LONGEST_TEXT = 200;
  private final ActorContext<Object> context;
  private final Database database;
  private final Optional<Administrator> administrator;
  private final Optional<Rulebooks> rulebooks;
  private final Optional<Tokens> tokens;
  private final ActorRef<Topic.Command<KeyRevoked>> revocations;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Bearers bearers = new Bearers();
  private int underWay;
  private boolean replaying;

  private enum Own {
    FORGET
  }

  /**
   * The key that may do everything.
   *
   * @param hash hex SHA-256 of it
   * @param local made by the gateway itself for the one person at this machine
   */
  public record Administrator(String hash, boolean local) {
    Principal principal() {
      return new Principal("default", "user:admin", Set.of("admin"), local);
    }
  }

  private record Resolved(ActorRef<Reply> replyTo, Reply reply) {}

  private record Done(ActorRef<Reply> replyTo, Reply reply, boolean revoked) {}

  private record Replayed(ActorRef<Reply> replyTo, Reply reply) {}

  private record Forgotten() {}

  private record LookedUp(String hash, Reply reply, long epoch, Instant since) {}

  private AccessActor(
      ActorContext<Object> context,
      Database database,
      Optional<Administrator> administrator,
      Optional<Rulebooks> rulebooks,
      Optional<Tokens> tokens,
      SecureRandom random,
      InstantSource clock) {
    this.context = context;
    this.database = database;
    this.administrator = administrator;
    this.rulebooks = rulebooks;
    this.tokens = tokens;
    this.revocations =
        context.spawn(Topic.create(KeyRevoked.class, "signalbox-revocations"), "revocations");
    revocations.tell(Topic.subscribe(context.getSelf().narrow()));
    this.random = random;
    this.clock = clock;
  }

  /** One that knows the built-in roles alone; the administrator's key is the local one. */
  public static Behavior<AccessCommand> create(
      Database database, Optional<String> adminKeyHash, SecureRandom random, InstantSource clock) {
    return create(
        database,
        adminKeyHash.map(hash -> new Administrator(hash, true)),
        Optional.empty(),
        Optional.empty(),
        random,
        clock);
  }

  /**
   * The behaviour.
   *
   * @param rulebooks what the tenants' roles mean
   * @param tokens of issuers that are accepted
   */
  public static Behavior<AccessCommand> create(
      Database database,
      Optional<Administrator> administrator,
      Optional<Rulebooks> rulebooks,
      Optional<Tokens> tokens,
      SecureRandom random,
      InstantSource clock) {
    return Behaviors.<Object>setup(
            context ->
                Behaviors.withTimers(
                    timers -> {
                      timers.startTimerWithFixedDelay(Own.FORGET, FORGET_EVERY);
                      return new AccessActor(
                              context, database, administrator, rulebooks, tokens, random, clock)
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
              bearers
                  .answer(it.hash(), it.reply(), it.epoch(), it.since())
                  .forEach(to -> tell(to, it.reply()));
              return Behaviors.same();
            })
        .onMessage(
            Resolved.class,
            it -> {
              it.replyTo().tell(it.reply());
              return Behaviors.same();
            })
        .onMessage(
            KeyRevoked.class,
            _ -> {
              bearers.forget();
              return Behaviors.same();
            })
        .onMessage(
            Done.class,
            it -> {
              underWay--;
              if (it.revoked()) {
                bearers.forget();
                revocations.tell(Topic.publish(new KeyRevoked("*")));
              }
              it.replyTo().tell(it.reply());
              return Behaviors.same();
            })
        .onMessage(
            Replayed.class,
            it -> {
              replaying = false;
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
      case AccessCommand.RotateKey it -> rotate(it);
      case AccessCommand.ActFor it -> actFor(it);
      case AccessCommand.Simulate it -> simulate(it);
      case AccessCommand.ReplayPolicies it -> replay(it);
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
    if (administrator.isPresent() && same(administrator.get().hash(), hash)) {
      tell(it.replyTo(), new Reply.Known(administrator.get().principal()));
      return;
    }
    Instant now = clock.instant();
    Optional<Reply> known = bearers.known(hash, now);
    if (known.isPresent()) {
      tell(it.replyTo(), known.get());
    } else if (bearers.waiting() >= MOST_AT_ONCE) {
      it.replyTo().tell(busy("too many keys are being looked up"));
    } else if (bearers.ask(hash, it.replyTo())) {
      long epoch = bearers.epoch();
      context.pipeToSelf(
          holder(it.bearer(), hash),
          (reply, failure) ->
              new LookedUp(hash, failure == null ? reply : away(failure), epoch, now));
    }
  }

  private CompletionStage<Reply> holder(String bearer, String hash) {
    return tokens.isPresent() && tokens.get().looksLikeOne(bearer)
        ? tokens.get().holder(bearer)
        : database.call(
            c -> Keys.holder(c, hash).<Reply>map(Reply.Known::new).orElseGet(Reply.Unknown::new));
  }

  /** Tells who it is, with what its roles mean just now. */
  private void tell(ActorRef<Reply> replyTo, Reply reply) {
    if (!(reply instanceof Reply.Known(Principal principal)) || rulebooks.isEmpty()) {
      replyTo.tell(reply);
      return;
    }
    Rulebook rules = rulebooks.get().current(principal.tenant());
    if (rules.version() >= 0) {
      replyTo.tell(new Reply.Known(Standing.of(principal, rules)));
      return;
    }
    context.pipeToSelf(
        rulebooks.get().load(principal.tenant()),
        (book, failure) ->
            new Resolved(
                replyTo,
                failure == null ? new Reply.Known(Standing.of(principal, book)) : away(failure)));
  }

  private void create(AccessCommand.CreateKey it) {
    Optional<Reply> wrong = wrong(it);
    if (wrong.isPresent()) {
      it.replyTo().tell(wrong.get());
      return;
    }
    NewKey fresh = NewKey.draw(random);
    AccessCommand.Key key =
        new AccessCommand.Key(
            fresh.id(),
            it.principal(),
            it.roles(),
            Keys.whole(clock.instant()),
            it.expires().map(Keys::whole),
            it.scopes());
    work(
        it.replyTo(),
        c -> {
          Keys.insert(c, it.tenant(), key, Digests.sha256(fresh.secret()));
          return new Reply.Created(key, fresh.secret());
        });
  }

  private void rotate(AccessCommand.RotateKey it) {
    NewKey fresh = NewKey.draw(random);
    Instant now = Keys.whole(clock.instant());
    work(
        it.replyTo(),
        c -> {
          Optional<AccessCommand.Key> old = Keys.one(c, it.tenant(), it.id());
          if (old.isEmpty()) {
            return missing(it.id());
          }
          AccessCommand.Key key =
              new AccessCommand.Key(
                  fresh.id(),
                  old.get().principal(),
                  old.get().roles(),
                  now,
                  old.get().expires(),
                  old.get().scopes());
          Keys.insert(c, it.tenant(), key, Digests.sha256(fresh.secret()));
          Keys.replace(c, it.tenant(), it.id(), fresh.id(), now.plus(it.overlap()));
          return new Reply.Created(key, fresh.secret());
        },
        true);
  }

  private void actFor(AccessCommand.ActFor it) {
    if (rulebooks.isEmpty()) {
      it.replyTo().tell(new Reply.Unknown());
      return;
    }
    context.pipeToSelf(
        database
            .call(c -> Keys.rolesOf(c, it.by().tenant(), it.behalf()))
            .thenCombine(
                rulebooks.get().load(it.by().tenant()),
                (roles, rules) -> Standing.behalf(it.by(), it.behalf(), roles, rules)),
        (principal, failure) ->
            new Resolved(
                it.replyTo(), failure == null ? new Reply.Known(principal) : away(failure)));
  }

  private void simulate(AccessCommand.Simulate it) {
    if (rulebooks.isEmpty()) {
      it.replyTo().tell(new Reply.Unknown());
      return;
    }
    Instant now = clock.instant();
    context.pipeToSelf(
        rulebooks
            .get()
            .load(it.tenant())
            .thenApplyAsync(rules -> Trial.of(rules, it.call(), now), database.threads()),
        (reply, failure) -> new Resolved(it.replyTo(), failure == null ? reply : away(failure)));
  }

  /** One after the other: each reads much of the journal. */
  private void replay(AccessCommand.ReplayPolicies it) {
    if (rulebooks.isEmpty() || replaying) {
      it.replyTo().tell(busy("past calls are being judged for somebody else just now"));
      return;
    }
    replaying = true;
    context.pipeToSelf(
        rulebooks
            .get()
            .load(it.tenant())
            .thenCompose(
                rules -> database.call(c -> Trial.replay(c, it.tenant(), it.wanted(), rules))),
        (reply, failure) -> new Replayed(it.replyTo(), failure == null ? reply : away(failure)));
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
        c -> Keys.revoke(c, it.tenant(), it.id()) ? new Reply.Done() : missing(it.id()),
        true);
  }

  private static Reply missing(String id) {
    return new Reply.Refused(new Refusal.NotFound("there is no key '" + id + "'"));
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
