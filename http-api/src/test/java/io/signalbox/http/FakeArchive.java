package io.signalbox.http;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.audit.Archive;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** An audit trail that answers with what it was asked. */
final class FakeArchive implements Archive {
  @Override
  public CompletionStage<JsonNode> search(Search search) {
    return completedStage(Json.tree(search));
  }

  @Override
  public void export(Search search, boolean cef, OutputStream out) throws IOException {
    out.write((cef ? "CEF:0|\n" : "{}\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public CompletionStage<JsonNode> verify(String tenant) {
    return completedStage(Json.object().put("valid", true).put("entries", 0));
  }

  @Override
  public CompletionStage<JsonNode> report(String tenant, Instant from, Instant to) {
    return completedStage(Json.object().put("from", from.toString()).put("to", to.toString()));
  }

  @Override
  public CompletionStage<JsonNode> checkpoint() {
    return completedStage(Json.object());
  }

  @Override
  public void evidence(boolean rows, OutputStream out) throws IOException {
    out.write("{\"end\":true}\n".getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public CompletionStage<JsonNode> keys() {
    return completedStage(Json.object());
  }

  @Override
  public CompletionStage<JsonNode> rotate() {
    return completedStage(Json.object().put("id", "k"));
  }

  @Override
  public CompletionStage<JsonNode> holds(String tenant) {
    return completedStage(Json.object());
  }

  @Override
  public CompletionStage<JsonNode> hold(
      String tenant,
      String name,
      Optional<String> namespace,
      Optional<String> run,
      String reason,
      String by) {
    return completedStage(Json.object().put("name", name));
  }

  @Override
  public CompletionStage<Boolean> release(String tenant, String name) {
    return completedStage(name.equals("known"));
  }

  @Override
  public CompletionStage<Optional<String>> heldBy(String tenant, String run) {
    return completedStage(run.equals("held") ? Optional.of("lawsuit") : Optional.empty());
  }
}
