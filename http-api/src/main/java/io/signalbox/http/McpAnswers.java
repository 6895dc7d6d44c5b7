package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.mcp.Rpc;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Responses;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Answers of {@code /mcp}: JSON-RPC whatever the status. */
record McpAnswers(HttpResponse response) {
  static McpAnswers json(int status, JsonNode body) {
    return new McpAnswers(
        HttpResponse.create()
            .withStatus(status)
            .withEntity(ContentTypes.APPLICATION_JSON, Responses.bytes(body)));
  }

  McpAnswers withHeader(String name, String value) {
    return new McpAnswers(response.addHeader(RawHeader.create(name, value)));
  }

  Answer done() {
    return new Answer.Other(response);
  }

  static CompletionStage<Answer> error(int status, JsonNode id, int code, String detail) {
    return CompletableFuture.completedStage(json(status, Rpc.error(id, code, detail)).done());
  }

  static Answer accepted() {
    return new Answer.Other(HttpResponse.create().withStatus(202));
  }
}
