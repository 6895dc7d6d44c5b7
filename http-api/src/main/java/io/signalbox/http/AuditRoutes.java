package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Fields;
import io.signalbox.http.wire.Names;
import io.signalbox.http.wire.Pages;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.audit.Archive;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.StreamConverters;
import org.apache.pekko.util.ByteString;

/** The audit trail: search, verification, export, report, checkpoints, keys and legal holds. */
final class AuditRoutes {
  private static final Duration STALLED = Duration.ofSeconds(60);
  private static final Duration MONTH = Duration.ofDays(30);
  private static final ContentType LINES =
      ContentTypes.create(
          MediaTypes.applicationBinary("x-ndjson", true));

  private final Archive archive;
  private final InstantSource clock;

  AuditRoutes(Archive archive, InstantSource clock) {
    this.archive = archive;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/audit", this::search).admin(),
        Endpoint.get("/v1/audit/verify", call -> shown(archive.verify(call.tenant()))).admin(),
        Endpoint.get("/v1/audit/export", this::export).admin(),
        Endpoint.get("/v1/audit/report", this::report).admin(),
        Endpoint.get("/v1/audit/checkpoint", this::checkpoint).admin(),
        Endpoint.get("/v1/audit/keys", _ -> shown(archive.keys())).admin(),
        Endpoint.post("/v1/audit/keys", this::rotate).admin(),
        Endpoint.get("/v1/audit/holds", call -> shown(archive.holds(call.tenant()))).admin(),
        Endpoint.put("/v1/audit/holds/{name}", this::hold).admin(),
        Endpoint.delete("/v1/audit/holds/{name}", this::release).admin());
  }

  private static CompletionStage<Answer> shown(CompletionStage<JsonNode> answer) {
    return answer.thenApply(Answer::ok);
  }

  private CompletionStage<Answer> search(Call call) {
    return archive
        .search(wanted(call))
        .<Answer>thenApply(Answer::ok)
        .exceptionally(
            failure -> {
              Throwable cause = failure.getCause() == null ? failure : failure.getCause();
              if (cause instanceof IllegalArgumentException) {
                throw Problem.invalid("query parameter cursor is not one of this list");
              }
              throw new java.util.concurrent.CompletionException(cause);
            });
  }

  private static Archive.Search wanted(Call call) {
    return new Archive.Search(
        call.tenant(),
        call.by().localAdmin(),
        call.query("actor"),
        call.query("action"),
        call.query("target"),
        call.query("run"),
        Pages.choice(call, "result", List.of("done", "refused", "failed")),
        Pages.time(call, "from"),
        Pages.time(call, "to"),
        Pages.cursor(call),
        Pages.limit(call));
  }

  private CompletionStage<Answer> export(Call call) {
    boolean cef =
        Pages.choice(call, "format", List.of("jsonl", "cef")).filter("cef"::equals).isPresent();
    Archive.Search search = wanted(call);
    return stream(
        cef ? ContentTypes.TEXT_PLAIN_UTF8 : LINES, out -> archive.export(search, cef, out));
  }

  private CompletionStage<Answer> report(Call call) {
    Instant to = Pages.time(call, "to").orElseGet(clock::instant);
    Instant from = Pages.time(call, "from").orElseGet(() -> to.minus(MONTH));
    if (!from.isBefore(to)) {
      throw Problem.invalid("query parameter from must be before to");
    }
    return shown(archive.report(call.tenant(), from, to));
  }

  /** It stands for all tenants, so only who runs the gateway gets it. */
  private CompletionStage<Answer> checkpoint(Call call) {
    operator(call);
    Optional<String> what = Pages.choice(call, "with", List.of("heads", "rows"));
    return what.isEmpty()
        ? shown(archive.checkpoint())
        : stream(LINES, out -> archive.evidence(what.get().equals("rows"), out));
  }

  private CompletionStage<Answer> rotate(Call call) {
    operator(call);
    return archive.rotate().thenApply(key -> Answer.created("/v1/audit/keys", key));
  }

  private static void operator(Call call) {
    if (!call.by().localAdmin()) {
      throw Problem.of(
          403, "not-allowed", "Not permitted", "this needs the gateway's own admin key");
    }
  }

  private CompletionStage<Answer> hold(Call call) {
    String name = Names.take("hold", call.path("name"));
    Fields fields = Fields.of(call.json());
    Optional<String> namespace = fields.text("namespace");
    Optional<String> run = fields.text("run");
    String reason = fields.need("reason");
    fields.check();
    return shown(archive.hold(call.tenant(), name, namespace, run, reason, call.by().id()));
  }

  private CompletionStage<Answer> release(Call call) {
    String name = call.path("name");
    return archive
        .release(call.tenant(), name)
        .thenApply(
            was -> {
              if (!was) {
                throw Problem.notFound("there is no hold " + name);
              }
              return Answer.nothing();
            });
  }

  /** Writes to a stream, and may fail. */
  @FunctionalInterface
  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /** As it is written; who stops reading stops the writing. */
  private static CompletionStage<Answer> stream(ContentType type, Writing work) {
    Source<ByteString, NotUsed> bytes =
        StreamConverters.asOutputStream(STALLED)
            .mapMaterializedValue(
                out -> {
                  Thread.ofVirtual().name("audit-export").start(() -> write(out, work));
                  return NotUsed.getInstance();
                });
    return CompletableFuture.completedStage(
        new Answer.Other(
            HttpResponse.create().withEntity(HttpEntities.createChunked(type, bytes))));
  }

  private static void write(OutputStream out, Writing work) {
    try (OutputStream buffered = new java.io.BufferedOutputStream(out, 64 * 1024)) {
      work.to(buffered);
    } catch (IOException e) {
      throw new UncheckedIOException("an export of the audit trail ended early", e);
    }
  }
}
