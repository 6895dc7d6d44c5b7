package io.signalbox.agents.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.agents.guard.watch.Watch;
import io.signalbox.agents.guard.watch.Withheld;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.agent.ModelAnswer;
import io.signalbox.protocol.agent.SessionCommand.Converse;
import io.signalbox.protocol.blob.Blobs;
import io.signalbox.protocol.guard.Guarded;
import io.signalbox.protocol.guard.Guarded.Verdict;
import io.signalbox.protocol.guard.Guards;
import io.signalbox.protocol.guard.Stage;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.RunCommand;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Guardrails before a message is taken in, and before a reply is. */
final class GuardedTalk {
  private static final Duration FETCHING = Duration.ofSeconds(10);
  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

  private final Watch watch;
  private final Blobs blobs;

  GuardedTalk(Watch watch, Blobs blobs) {
    this.watch = watch;
    this.blobs = blobs;
  }

  /**
   * A message that has been looked at.
   *
   * @param message as the session may take it in; empty when it may not
   * @param told what its run is to hear at once
   */
  record Heard(Optional<Converse> message, Optional<RunCommand> told) {}

  static boolean watched(Converse message) {
    return message.guards().map(it -> it.watch(Stage.INPUT)).orElse(false);
  }

  /** Looks at message and data, both as one content. */
  CompletableFuture<Heard> hear(Converse message) {
    return CompletableFuture.supplyAsync(() -> heard(message), THREADS);
  }

  private Heard heard(Converse message) {
    Guards guards = message.guards().orElseThrow();
    ObjectNode content = Json.object();
    content.set("message", words(message));
    content.set("data", message.data());
    var seen = watch.look(message.run(), Stage.INPUT, guards, content);
    if (!seen.passed()) {
      var refused = Withheld.because(seen.guarded(), seen.why());
      return new Heard(
          Optional.empty(),
          Optional.of(
              new RunCommand.Performed(message.key(), message.attempt(), refused, seen.guarded())));
    }
    JsonNode goesOn = seen.content();
    Optional<RunCommand> noticed =
        seen.guarded().map(it -> new RunCommand.Noticed(message.key(), it));
    boolean same = goesOn == content;
    return new Heard(
        Optional.of(
            same ? message : message.looked(goesOn.path("message").asText(), goesOn.path("data"))),
        noticed);
  }

  /** A message that travels as a claim is fetched to be looked at. */
  private JsonNode words(Converse message) {
    if (message.claimed().isEmpty()) {
      return TextNode.valueOf(message.message());
    }
    try {
      JsonNode whole =
          blobs
              .checkOut(message.run().tenant(), message.claimed().get())
              .toCompletableFuture()
              .get(FETCHING.toMillis(), TimeUnit.MILLISECONDS);
      return whole.isTextual() ? whole : TextNode.valueOf(whole.toString());
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    } catch (TimeoutException e) {
      throw new CompletionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  /** The model's answer as it may be taken in; who gives the result up gives the model up. */
  CompletableFuture<ModelAnswer> listening(
      Exchange exchange, CompletableFuture<ModelAnswer> answer) {
    if (exchange.received().guards().filter(it -> it.watch(Stage.OUTPUT)).isEmpty()) {
      return answer;
    }
    CompletableFuture<ModelAnswer> looked =
        answer.thenApplyAsync(it -> said(exchange, it), THREADS);
    var _ =
        looked.whenComplete(
            (_, _) -> {
              if (looked.isCancelled()) {
                answer.cancel(false);
              }
            });
    return looked;
  }

  /** Looks at what a model has said in the end; findings go along as its metadata. */
  private ModelAnswer said(Exchange exchange, ModelAnswer answer) {
    Optional<Guards> guards = exchange.received().guards().filter(it -> it.watch(Stage.OUTPUT));
    if (guards.isEmpty() || !(answer instanceof ModelAnswer.Text text)) {
      return answer;
    }
    var content = Json.object().put("message", text.content());
    var seen = watch.look(exchange.received().run(), Stage.OUTPUT, guards.get(), content);
    if (seen.guarded().isEmpty()) {
      return answer;
    }
    Guarded guarded = seen.guarded().get();
    ObjectNode metadata =
        text.metadata() instanceof ObjectNode object ? object.deepCopy() : Json.object();
    metadata.set("guarded", Json.tree(guarded));
    if (guarded.verdict() == Verdict.BLOCKED) {
      metadata.put("withheld", seen.why());
      return new ModelAnswer.Text("", metadata, text.usage());
    }
    return new ModelAnswer.Text(seen.content().path("message").asText(), metadata, text.usage());
  }

  /** What becomes of the reply, if it is withheld. */
  static Optional<Outcome> withheld(ModelAnswer.Text text) {
    return Optional.of(text.metadata().path("withheld"))
        .filter(JsonNode::isTextual)
        .map(why -> Withheld.because(found(text.metadata()), why.textValue()));
  }

  /** What its run hears of a reply: the outcome, and why it is held where it is. */
  static RunCommand answer(SessionEffect.Answer answer) {
    Optional<Guarded> held =
        answer.outcome() instanceof Outcome.Succeeded done
            ? found(done.result().path("metadata")).filter(it -> it.verdict() == Verdict.HELD)
            : Optional.empty();
    return new RunCommand.Performed(answer.key(), answer.attempt(), answer.outcome(), held);
  }

  /** What the run hears at once of findings in a reply; of a held one it hears with the reply. */
  static Optional<RunCommand> noticed(String key, ModelAnswer answer) {
    return answer instanceof ModelAnswer.Text text
        ? found(text.metadata())
            .filter(it -> it.verdict() != Verdict.HELD)
            .map(it -> new RunCommand.Noticed(key, it))
        : Optional.empty();
  }

  private static Optional<Guarded> found(JsonNode metadata) {
    JsonNode found = metadata.path("guarded");
    return found.isObject()
        ? Optional.of(Json.MAPPER.convertValue(found, Guarded.class))
        : Optional.empty();
  }
}
