package io.signalbox.agents.guard.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.agents.guard.Detectors;
import io.signalbox.agents.guard.Guard;
import io.signalbox.agents.guard.Judges;
import io.signalbox.agents.guard.Redaction;
import io.signalbox.agents.guard.Topics;
import io.signalbox.agents.guard.injection.Classifier;
import io.signalbox.agents.guard.injection.InjectionDetector;
import io.signalbox.agents.guard.injection.MiniLm;
import io.signalbox.agents.hands.egress.Egress;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.guard.Action;
import io.signalbox.protocol.guard.Finding;
import io.signalbox.protocol.guard.Guarded;
import io.signalbox.protocol.guard.Guarded.Verdict;
import io.signalbox.protocol.guard.Guards;
import io.signalbox.protocol.guard.Pseudonyms;
import io.signalbox.protocol.guard.Pseudonyms.Hidden;
import io.signalbox.protocol.guard.Stage;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has content looked at, and gives it back as it may go on: with pseudonyms where something is
 * hidden. Blocks the calling thread, which is a virtual one.
 */
public final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  private final Guard guard;
  private final Pseudonyms pseudonyms;
  private final Duration patience;

  private Watch(Guard guard, Pseudonyms pseudonyms, Duration patience) {
    this.guard = guard;
    this.pseudonyms = pseudonyms;
    this.patience = patience;
  }

  /**
   * Guardrails with these settings.
   *
   * @param egress where judges may be asked
   */
  public static Watch of(GuardSettings settings, Egress egress, Pseudonyms pseudonyms) {
    var embedder = new MiniLm(settings.remembered());
    var client = HttpClient.newBuilder().connectTimeout(settings.patience()).build();
    var detectors =
        new Detectors(
            new InjectionDetector(embedder, Classifier.trained()),
            new Topics(embedder),
            new Judges(client, egress, settings.credentials()));
    return new Watch(
        new Guard(detectors, settings.mostCharacters()), pseudonyms, settings.patience());
  }

  /**
   * What was made of a content.
   *
   * @param content as it goes on, when it does
   * @param guarded what the run hears; empty when there is nothing to tell
   * @param why in words, when it does not go on
   */
  public record Seen(JsonNode content, Optional<Guarded> guarded, String why) {
    /** Whether the content goes on. */
    public boolean passed() {
      return guarded.map(it -> it.verdict() == Verdict.PASSED).orElse(true);
    }
  }

  /** Looks at the content, and hides in it what is to be hidden. */
  public Seen look(RunId run, Stage stage, Guards guards, JsonNode content) {
    if (!guards.watch(stage)) {
      return new Seen(content, Optional.empty(), "");
    }
    long began = System.nanoTime();
    var looked = guard.look(stage, guards, content);
    JsonNode goesOn = content;
    if (looked.verdict() == Verdict.PASSED && !looked.cuts().isEmpty()) {
      try {
        var names = wait(pseudonyms.of(run, Redaction.values(content, looked.cuts())));
        goesOn = Redaction.apply(content, looked.cuts(), names);
      } catch (TimeoutException | ExecutionException e) {
        LOG.warn("no pseudonyms for run {}", run, e);
        return unhidden(content, guards, stage, micros(began));
      }
    }
    long took = micros(began);
    Meters.note(stage, looked.verdict(), took);
    return new Seen(goesOn, looked.told(guards.rules(), took), looked.why());
  }

  /** What cannot be hidden does not go on. */
  private static Seen unhidden(JsonNode content, Guards guards, Stage stage, long micros) {
    var finding =
        new Finding(
            guards.rules().getFirst().name(),
            "pseudonyms",
            "unavailable",
            stage,
            "",
            Action.BLOCK,
            Optional.empty());
    return new Seen(
        content,
        Optional.of(new Guarded(Verdict.BLOCKED, List.of(finding), List.of(), micros)),
        "what is to be hidden could not be, the table of pseudonyms did not answer");
  }

  /** The content with true values for those pseudonyms that this tool may see behind. */
  public JsonNode reveal(RunId run, Guards guards, JsonNode content) {
    String tool = guards.where().target();
    if (guards.rules().stream().allMatch(it -> it.reveal().isEmpty())) {
      return content;
    }
    var found = Redaction.pseudonyms(content);
    if (found.isEmpty()) {
      return content;
    }
    try {
      Map<String, String> values = new HashMap<>();
      wait(pseudonyms.behind(run, found))
          .forEach((name, hidden) -> ifRevealed(guards, tool, name, hidden, values));
      return Redaction.restore(content, values);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("pseudonyms of run {} stay as they are", run, e);
      return content;
    }
  }

  private static void ifRevealed(
      Guards guards, String tool, String name, Hidden hidden, Map<String, String> values) {
    if (guards.rules().stream()
        .flatMap(rule -> rule.reveal().stream())
        .anyMatch(it -> it.fits(tool, hidden.kind()))) {
      values.put(name, hidden.value());
    }
  }

  /** A text of a failure, which comes from outside as well: as it may be told. */
  public String words(RunId run, Guards guards, String text) {
    var seen = look(run, Stage.RESULT, guards, TextNode.valueOf(text));
    return seen.passed() ? seen.content().asText() : "withheld, " + seen.why();
  }

  private <T> T wait(CompletionStage<T> stage) throws TimeoutException, ExecutionException {
    try {
      return stage.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimeoutException("interrupted");
    }
  }

  private static long micros(long began) {
    return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
  }
}
