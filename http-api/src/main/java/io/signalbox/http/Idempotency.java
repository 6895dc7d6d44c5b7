package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Door;
import io.signalbox.http.wire.Endpoint.Handler;
import io.signalbox.http.wire.Hashes;
import io.signalbox.http.wire.Problem;
import io.signalbox.http.wire.Problems;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.access.AccessCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The same Idempotency-Key with the same request acts once and answers the same for a day. Only
 * answers that say something final are kept: trying again after a 429 or a 5xx acts again.
 */
final class Idempotency {
  private static final Logger LOG = LoggerFactory.getLogger(Idempotency.class);
  private static final String HEADER = "Idempotency-Key";
  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,256}");

  private final Door<AccessCommand, AccessCommand.Reply> access;

  Idempotency(Door<AccessCommand, AccessCommand.Reply> access) {
    this.access = access;
  }

  CompletionStage<Answer> around(Call call, Handler handler) {
    Optional<String> key = call.header(HEADER);
    boolean applies = call.endpoint().method().equals("POST") && call.principal().isPresent();
    if (key.isEmpty() || !applies) {
      return handler.handle(call).thenApply(Function.identity());
    }
    if (!FORM.matcher(key.get()).matches()) {
      throw Problem.invalid(HEADER + " must be 1 to 256 printable ASCII characters");
    }
    String target =
        call.request().getUri().path()
            + call.request().getUri().rawQueryString().map(q -> "?" + q).orElse("");
    String hash = Hashes.sha256("POST", target, Hashes.sha256(call.body().toArrayUnsafe()));
    Call seeded = call.seeded(Hashes.sha256(key.get(), hash));
    return claim(call.tenant(), key.get(), hash)
        .thenCompose(
            kept ->
                kept.<CompletionStage<Answer>>map(CompletableFuture::completedStage)
                    .orElseGet(() -> act(seeded, key.get(), handler)));
  }

  private CompletionStage<Optional<Answer.Document>> claim(String tenant, String key, String hash) {
    return ask(to -> new AccessCommand.Claim(tenant, key, hash, to))
        .thenApply(
            reply ->
                reply instanceof AccessCommand.Reply.Replay replay
                    ? Optional.of(unpack(replay))
                    : Optional.empty());
  }

  private CompletionStage<Answer> act(Call call, String key, Handler handler) {
    return begin(call, handler)
        .<Answer>thenApply(Function.identity())
        .exceptionally(failure -> Problems.of(failure).answer(Call.instance(call.request())))
        .thenCompose(answer -> settle(call.tenant(), key, answer));
  }

  private static CompletionStage<? extends Answer> begin(Call call, Handler handler) {
    try {
      return handler.handle(call);
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private CompletionStage<Answer> settle(String tenant, String key, Answer answer) {
    CompletionStage<AccessCommand.Reply> settled =
        answer instanceof Answer.Document it && it.status() < 500 && it.status() != 429
            ? ask(to -> new AccessCommand.Keep(tenant, key, it.status(), pack(it), to))
            : ask(to -> new AccessCommand.Release(tenant, key, to));
    return settled.handle(
        (_, failure) -> {
          if (failure != null) {
            LOG.warn("the answer to an idempotent request could not be kept", failure);
          }
          return answer;
        });
  }

  private CompletionStage<AccessCommand.Reply> ask(
      Function<ActorRef<AccessCommand.Reply>, AccessCommand> question) {
    return access.ask(AccessCommand.Reply.class, question);
  }

  private static JsonNode pack(Answer.Document answer) {
    ObjectNode packed = Json.object();
    packed.set("headers", Json.tree(answer.headers()));
    answer.kept().or(answer::body).ifPresent(body -> packed.set("body", body));
    return packed;
  }

  private static Answer.Document unpack(AccessCommand.Reply.Replay replay) {
    Map<String, String> headers = new LinkedHashMap<>();
    replay
        .body()
        .path("headers")
        .properties()
        .forEach(e -> headers.put(e.getKey(), e.getValue().asText()));
    headers.put("Idempotency-Replayed", "true");
    Optional<JsonNode> body = Optional.ofNullable(replay.body().get("body"));
    return new Answer.Document(replay.status(), body, headers, Optional.empty());
  }
}
