package io.signalbox.agents.hands.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.agents.hands.kit.Done;
import io.signalbox.agents.hands.kit.Hand;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The DSL's {@code run} of a shell command, a script or a container: a process in a folder of its
 * own, with the environment it was given and no other, within limits, killed with all it started
 * when its time is over.
 */
public final class ProcessHand implements Hand {
  /** What is left of the lease when the process is killed, to tell the run in time. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  private static final Duration COME_BACK = Duration.ofSeconds(2);
  private static final int TOLD = 500;

  private final ProcessSettings settings;
  private final InstantSource clock;
  private final Semaphore free;
  private final AtomicBoolean proven = new AtomicBoolean();

  public ProcessHand(ProcessSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.free = new Semaphore(settings.limits().atOnce());
  }

  @Override
  public Outcome send(Perform order) throws Setback {
    Launch launch = Launches.of(settings, order.key(), order.arguments());
    if (!free.tryAcquire()) {
      throw Setback.failed(
          "communication",
          503,
          "too many processes at this node (signalbox.agents.hands.processes.limits.at-once)",
          Optional.of(COME_BACK));
    }
    try (Workplace place = Workplace.open(settings.folder(), launch.files(), settings.user())) {
      Duration time = Duration.between(clock.instant(), order.leaseUntil()).minus(SLACK);
      if (!time.isPositive()) {
        throw Setback.failed("timeout", 503, "lease expired before the process was started");
      }
      if (launch.limits() != Launch.Limits.NONE) {
        prove();
      }
      return told(order.arguments(), Run.of(settings, launch, place, time), time);
    } catch (IOException e) {
      throw Setback.failed("runtime", 500, "the process cannot be started: " + e.getMessage());
    } finally {
      free.release();
    }
  }

  /** A sandbox that does not work must not look like a command that fails. */
  private void prove() throws Setback, IOException {
    if (proven.get()) {
      return;
    }
    try (Workplace place = Workplace.open(settings.folder(), Map.of(), settings.user())) {
      Launch nothing =
          new Launch(
              List.of("true"), Map.of(), Map.of(), Optional.empty(), Launch.Limits.ALL, List.of());
      Run.Ended ended = Run.of(settings, nothing, place, SLACK);
      if (ended.code() != 0) {
        throw Setback.failed(
            "runtime",
            500,
            "processes cannot be bounded on this node (signalbox.agents.hands.processes): "
                + tail(ended.stderr()));
      }
      proven.set(true);
    }
  }

  private static Outcome told(JsonNode with, Run.Ended ended, Duration time) throws Setback {
    String returns = with.path("return").asText("stdout");
    switch (ended.how()) {
      case LATE ->
          throw Setback.failed(
              "timeout", 408, "the process was killed after " + time.toSeconds() + " s");
      case FLOODING ->
          throw Setback.failed("runtime", 500, "the process was killed: it put out too much");
      case BY_ITSELF -> {}
    }
    boolean asked = returns.equals("code") || returns.equals("all");
    if (ended.code() != 0 && !asked) {
      throw Setback.failed(
          "runtime", 500, "the process ended with " + ended.code() + ": " + tail(ended.stderr()));
    }
    return Done.with(
        switch (returns) {
          case "stdout" -> TextNode.valueOf(ended.stdout());
          case "stderr" -> TextNode.valueOf(ended.stderr());
          case "code" -> IntNode.valueOf(ended.code());
          case "all" ->
              Json.object()
                  .put("code", ended.code())
                  .put("stdout", ended.stdout())
                  .put("stderr", ended.stderr());
          default -> NullNode.getInstance();
        });
  }

  private static String tail(String text) {
    return text.length() <= TOLD ? text : "..." + text.substring(text.length() - TOLD);
  }
}
