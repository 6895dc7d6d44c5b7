package io.signalbox.runtime.run;

import io.signalbox.protocol.Json;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.access.Principal;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.RunCommand.Verb;
import io.signalbox.protocol.run.StartRun;
import io.signalbox.protocol.run.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Gives a run whatever could ever reach it: answers of every kind, late, twice, or for somebody
 * else; time; events, votes and orders, wanted or not. A new kind of stimulus is one line in {@link
 * #kinds}.
 */
final class Chaos {
  private static final Duration[] TIMES = {
    Duration.ofMillis(1), Duration.ofSeconds(3), Duration.ofSeconds(20), Duration.ofHours(3)
  };

  private final Course course;
  private final SplittableRandom random;
  private final List<Stimulus> given = new ArrayList<>();
  private final List<Supplier<Stimulus>> kinds;

  Chaos(Course course, long seed) {
    this.course = course;
    this.random = new SplittableRandom(seed);
    this.kinds =
        List.of(
            this::answer,
            this::answer,
            this::answer,
            this::answer,
            this::answer,
            this::event,
            this::event,
            this::vote,
            this::vote,
            this::tool,
            this::tool,
            this::resolve,
            this::resolve,
            this::control,
            this::again,
            this::foreign,
            Stimulus.Tick::new,
            Stimulus.Tick::new,
            Stimulus.Tick::new,
            Stimulus.Recovered::new);
  }

  void disturb(int times) {
    for (int i = 0; i < times; i++) {
      if (random.nextInt(3) == 0) {
        course.now = course.now.plus(TIMES[random.nextInt(TIMES.length)]);
      }
      Stimulus stimulus = kinds.get(random.nextInt(kinds.size())).get();
      given.add(stimulus);
      course.give(stimulus);
    }
  }

  private Stimulus answer() {
    Optional<Activation> some =
        one(a -> a.work() instanceof Work.Calling || a.work() instanceof Work.Emitting);
    if (some.isEmpty()) {
      return new Stimulus.Tick();
    }
    int attempt =
        some.get().work() instanceof Work.Calling w && random.nextInt(5) > 0
            ? w.attempt()
            : random.nextInt(4);
    return new Stimulus.Performed(key(some.get()), attempt, outcome());
  }

  private Outcome outcome() {
    return switch (random.nextInt(8)) {
      case 0 -> new Outcome.Unknown("lost");
      case 1 -> new Outcome.Absent();
      case 2 -> new Outcome.Succeeded(Worlds.result(random), new Usage(1, 2, 3, 4));
      default -> Worlds.outcome(random);
    };
  }

  private Stimulus event() {
    Optional<Activation> some =
        one(a -> a.work() instanceof Work.Listening || a.work() instanceof Work.Consuming);
    int number = random.nextInt(9);
    return new Stimulus.Delivered(
        some.map(this::key).orElse("r1-" + random.nextInt(50)),
        Worlds.event("e" + number, number, Worlds.result(random)));
  }

  private Stimulus vote() {
    Optional<Activation> some = one(a -> a.work() instanceof Work.Approving);
    String who = List.of("user:ada", "user:boss1", "user:boss2", "user:x").get(random.nextInt(4));
    return new Stimulus.Decided(
        some.map(this::key).orElse("r1-" + random.nextInt(50)),
        List.of("approve", "approve", "reject", "maybe").get(random.nextInt(4)),
        new Principal(
            "default",
            who,
            who.equals("user:x") ? Set.of() : Set.of("boss"),
            random.nextInt(9) == 0),
        Optional.empty());
  }

  private Stimulus tool() {
    Optional<Activation> some =
        one(a -> a.work() instanceof Work.Calling w && w.kind() == CallKind.AGENT);
    if (some.isEmpty()) {
      return new Stimulus.Tick();
    }
    return new Stimulus.ToolWanted(
        new SessionId("default", "helper", "s"),
        random.nextInt(9) == 0 ? "r1-77" : key(some.get()),
        "c" + random.nextInt(4),
        List.of("idempotent", "held", "ask", "nothing").get(random.nextInt(4)),
        Json.object());
  }

  private Stimulus resolve() {
    Optional<Activation> some =
        one(a -> a.work() instanceof Work.Calling w && w.stage() == Work.Stage.ASKING);
    return new Stimulus.Resolved(
        some.map(Activation::task).orElse("/do/0/nothing"),
        List.of("succeeded", "failed", "retry", "perhaps").get(random.nextInt(4)),
        random.nextBoolean() ? Optional.of(Worlds.result(random)) : Optional.empty(),
        "because",
        "user:ada");
  }

  private Stimulus control() {
    Verb verb =
        random.nextInt(20) == 0
            ? Verb.CANCEL
            : List.of(Verb.SUSPEND, Verb.RESUME, Verb.RETRY).get(random.nextInt(3));
    Optional<String> task =
        random.nextInt(4) == 0 ? one(_ -> true).map(Activation::task) : Optional.empty();
    return new Stimulus.Control(verb, "user:ada", Optional.of("why"), task);
  }

  /** Something that was given before. */
  private Stimulus again() {
    return given.isEmpty() ? new Stimulus.Tick() : given.get(random.nextInt(given.size()));
  }

  private Stimulus foreign() {
    return switch (random.nextInt(3)) {
      case 0 ->
          new Stimulus.Performed(
              List.of("r1-99999", "other-3", "x", "").get(random.nextInt(4)), 1, outcome());
      case 1 -> new Stimulus.Delivered("nobody's", Worlds.event("e", 0, Json.object()));
      default ->
          new Stimulus.Start(
              new StartRun(
                  course.definition().ref(),
                  course.definition().digest(),
                  Json.object(),
                  Map.of(),
                  "user:x",
                  false));
    };
  }

  private Optional<Activation> one(java.util.function.Predicate<Activation> which) {
    List<Activation> all =
        course.state.live().values().stream()
            .filter(which)
            .sorted(Comparator.comparingLong(Activation::id))
            .toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
  }

  private String key(Activation a) {
    return Course.RUN.id() + "-" + a.id();
  }
}
