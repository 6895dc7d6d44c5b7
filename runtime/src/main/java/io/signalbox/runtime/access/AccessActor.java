package io.signalbox.runtime.access;

import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.access.AccessCommand;
import io.signalbox.protocol.access.AccessCommand.Key;
import io.signalbox.protocol.access.AccessCommand.Reply;
import io.signalbox.protocol.access.Principal;
import io.signalbox.runtime.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Keeps keys and idempotent answers. A key that was looked up is believed for a second, so that a
 * revoked key dies at once on this node and within a second on the others.
 */
public final class AccessActor {
  private static final Duration BELIEVED = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofHours(1);
  private static final int REMEMBERED = 10_000;

  private record Seen(Optional<Principal> holder, Instant at) {}

  private record LookedUp(
      String hash, Optional<Principal> holder, Instant at, ActorRef<Reply> replyTo) {}

  private record Revoked(Reply reply, ActorRef<Reply> replyTo) {}

  private record Done(String what) {}

  private record Failed(Throwable why, ActorRef<Reply> replyTo) {}

  private record Sweep() {}

  private final ActorContext<Object> context;
  private final Database database;
  private final Optional<String> adminHash;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final Map<String, Seen> seen = new LinkedHashMap<>();

  private AccessActor(
      ActorContext<Object> context,
      Database database,
      Optional<String> adminHash,
      RandomGenerator random,
      InstantSource clock) {
    this.context = context;
    this.database = database;
    this.adminHash = adminHash;
    this.random = random;
    this.clock = clock;
  }

  /**
   * The keeper of keys.
   *
   * @param adminHash hex SHA-256 of the local admin's key, where there is one
   * @param random for secrets: must be a secure one
   */
  public static Behavior<AccessCommand> create(
      Database database, Optional<String> adminHash, RandomGenerator random, InstantSource clock) {
    return Behaviors.<Object>setup(
            context ->
                Behaviors.withTimers(
                    timers -> {
                      timers.startTimerWithFixedDelay(new Sweep(), SWEEP);
                      return new AccessActor(context, database, adminHash, random, clock)
                          .behavior();
                    }))
        .narrow();
  }

  private Behavior<Object> behavior() {
    return Behaviors.receiveMessage(
        message -> {
          switch (message) {
            case AccessCommand command -> on(command);
            case LookedUp l -> {
              remember(l.hash(), new Seen(l.holder(), l.at()));
              l.replyTo().tell(told(l.holder()));
            }
            case Revoked r -> {
              seen.clear();
              r.replyTo().tell(r.reply());
            }
            case Sweep _ -> sweep();
            case Failed f -> {
              context.getLog().warn("keys are out of reach: {}", f.why().toString());
              f.replyTo()
                  .tell(
                      new Reply.Refused(
                          new Refusal.TooBusy(
                              "the database is away, so keys cannot be checked",
                              Duration.ofSeconds(2))));
            }
            default -> context.getLog().trace("{}", message);
          }
          return Behaviors.same();
        });
  }

  private void on(AccessCommand command) {
    Instant now = clock.instant();
    switch (command) {
      case AccessCommand.Authenticate c -> authenticate(c, now);
      case AccessCommand.CreateKey c -> create(c, now);
      case AccessCommand.ListKeys c ->
          answer(db -> new Reply.Keys(Keys.list(db, c.tenant())), c.replyTo());
      case AccessCommand.RevokeKey c -> revoke(c, now);
      case AccessCommand.Claim c ->
          answer(db -> Claims.claim(db, c.tenant(), c.key(), c.requestHash(), now), c.replyTo());
      case AccessCommand.Keep c ->
          answer(
              db -> {
                Claims.keep(db, c.tenant(), c.key(), c.status(), c.body());
                return new Reply.Done();
              },
              c.replyTo());
      case AccessCommand.Release c ->
          answer(
              db -> {
                Claims.release(db, c.tenant(), c.key());
                return new Reply.Done();
              },
              c.replyTo());
    }
  }

  private void authenticate(AccessCommand.Authenticate c, Instant now) {
    String hash = Secrets.hash(c.bearer());
    if (adminHash.filter(hash::equals).isPresent()) {
      c.replyTo()
          .tell(new Reply.Known(new Principal("default", "user:admin", Set.of("admin"), true)));
      return;
    }
    Seen known = seen.get(hash);
    if (known != null && now.isBefore(known.at().plus(BELIEVED))) {
      c.replyTo().tell(told(known.holder()));
      return;
    }
    context.pipeToSelf(
        database.call(db -> Keys.holder(db, hash, now)),
        (holder, failure) ->
            failure == null
                ? new LookedUp(hash, holder, now, c.replyTo())
                : new Failed(failure, c.replyTo()));
  }

  private static Reply told(Optional<Principal> holder) {
    return holder.<Reply>map(Reply.Known::new).orElseGet(Reply.Unknown::new);
  }

  private void remember(String hash, Seen entry) {
    seen.put(hash, entry);
    if (seen.size() > REMEMBERED) {
      seen.remove(seen.keySet().iterator().next());
    }
  }

  private void create(AccessCommand.CreateKey c, Instant now) {
    String secret = Secrets.fresh(random);
    Key key = new Key(Secrets.id(random), c.principal(), c.roles(), now, c.expires());
    answer(
        db -> new Reply.Created(Keys.create(db, c.tenant(), key, Secrets.hash(secret)), secret),
        c.replyTo());
  }

  private void revoke(AccessCommand.RevokeKey c, Instant now) {
    context.pipeToSelf(
        database.call(db -> Keys.revoke(db, c.tenant(), c.id(), now)),
        (there, failure) ->
            failure != null
                ? new Failed(failure, c.replyTo())
                : new Revoked(
                    there
                        ? new Reply.Done()
                        : new Reply.Refused(new Refusal.NotFound("there is no key " + c.id())),
                    c.replyTo()));
  }

  private void answer(Database.Work<Reply> work, ActorRef<Reply> replyTo) {
    context.pipeToSelf(
        database.call(work),
        (reply, failure) -> {
          if (failure != null) {
            return new Failed(failure, replyTo);
          }
          replyTo.tell(reply);
          return new Done("answered");
        });
  }

  private void sweep() {
    context.pipeToSelf(
        database.call(db -> Claims.sweep(db, clock.instant())),
        (gone, failure) ->
            new Done(failure == null ? gone + " old answers dropped" : failure.toString()));
  }
}
