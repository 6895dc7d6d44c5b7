package io.signalbox.agents.hands;

import static io.signalbox.agents.hands.Workbench.failure;
import static io.signalbox.agents.hands.Workbench.json;
import static io.signalbox.agents.hands.Workbench.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.agents.hands.StandIn.Received;
import io.signalbox.agents.hands.StandIn.Reply;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Longer than 300 lines because the three versions of OpenAPI are shown side by side. */
class OpenApiTest {
  private static final String TWO =
      """
      {"swagger": "2.0", "basePath": "/v1", "schemes": ["https", "http"], "consumes": ["application/json"],
       "parameters": {"trace": {"name": "X-Trace", "in": "header", "type": "string"}},
       "definitions": {"Pet": {"type": "object", "required": ["name"],
         "properties": {"name": {"type": "string"}, "friend": {"$ref": "#/definitions/Pet"}}}},
       "paths": {"/pets/{id}": {
         "parameters": [{"name": "id", "in": "path", "required": true, "type": "integer"}],
         "get": {"operationId": "get", "produces": ["application/json"], "parameters": [
           {"$ref": "#/parameters/trace"},
           {"name": "tags", "in": "query", "type": "array", "items": {"type": "string"}, "collectionFormat": "pipes"},
           {"name": "kinds", "in": "query", "type": "array", "items": {"type": "string", "enum": ["a", "b"]},
            "collectionFormat": "multi"}]},
         "put": {"operationId": "put", "parameters": [
           {"name": "pet", "in": "body", "required": true, "schema": {"$ref": "#/definitions/Pet"}}]},
         "post": {"operationId": "form", "consumes": ["application/x-www-form-urlencoded"], "parameters": [
           {"name": "status", "in": "formData", "type": "string"}]}}}}""";

  private static final String THREE =
      """
      openapi: 3.0.3
      servers:
        - url: '{where}/api'
          variables: { where: { default: /base } }
      paths:
        /things/{ids}:
          get:
            operationId: list
            parameters:
              - { name: ids, in: path, required: true, schema: { type: array, items: { type: integer } } }
              - { name: deep, in: query, style: deepObject, schema: { type: object } }
              - { name: flat, in: query, explode: false, schema: { type: array, items: { type: string } } }
              - { name: note, in: query, schema: { type: string, nullable: true, maxLength: 5 } }
              - { name: X-One, in: header, schema: { type: boolean } }
              - { name: session, in: cookie, schema: { type: string } }
              - { name: filter, in: query, content: { application/json: { schema: { type: object } } } }
            responses: { '200': { description: ok, content: { application/json: {} } } }
        /things:
          servers: [{ url: /elsewhere }]
          post:
            operationId: make
            requestBody: { $ref: '#/components/requestBodies/Thing' }
      components:
        requestBodies:
          Thing:
            required: true
            content:
              application/xml: {}
              application/json: { schema: { $ref: '#/components/schemas/Thing' } }
        schemas:
          Thing:
            type: object
            required: [name]
            properties: { name: { type: string }, size: { type: integer, nullable: true } }
      """;

  private static final String NEWEST =
      """
      {"openapi": "3.1.0", "paths": {"/n": {"post": {"operationId": "note", "requestBody": {"content":
        {"application/json": {"schema": {"type": ["object", "null"], "properties": {"at": {"const": 1}}}}}}}}},
       "webhooks": {}}""";

  private final Workbench bench = Workbench.with("");

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void parametersOfTwoGoWhereTheyBelong() {
    try (var server = serving("/docs/api.json", TWO)) {
      call(
          server,
          "/docs/api.json",
          "get",
          "{\"id\": \"7\", \"tags\": [\"a\", \"b c\"], \"kinds\": [\"a\", \"b\"], \"X-Trace\": \"t\"}");
      var got = last(server);
      assertThat(got.method() + " " + got.path()).isEqualTo("GET /v1/pets/7");
      assertThat(got.query()).isEqualTo("tags=a%7Cb%20c&kinds=a&kinds=b");
      assertThat(got.header("X-Trace")).isEqualTo("t");
      assertThat(got.header("Accept")).isEqualTo("application/json");
      call(server, "/docs/api.json", "put", "{\"id\": 7, \"pet\": {\"name\": \"Rex\"}}");
      assertThat(last(server).json()).isEqualTo(json("{\"name\": \"Rex\"}"));
      assertThat(last(server).header("Idempotency-Key")).isEqualTo(Workbench.KEY);
      call(server, "/docs/api.json", "form", "{\"id\": 7, \"status\": \"a b\"}");
      assertThat(last(server).body()).isEqualTo("status=a%20b");
    }
  }

  @Test
  void parametersOfThreeAreWrittenInTheirStyles() {
    try (var server = serving("/api.yaml", THREE)) {
      call(
          server,
          "/api.yaml",
          "list",
          """
          {"ids": [1, 2], "deep": {"a": "x", "b": 2}, "flat": ["p", "q"], "note": null, "X-One": true,
           "session": "s1", "filter": {"k": [1]}}""");
      var got = last(server);
      assertThat(got.path()).isEqualTo("/base/api/things/1,2");
      assertThat(got.query())
          .isEqualTo("deep%5Ba%5D=x&deep%5Bb%5D=2&flat=p,q&filter=%7B%22k%22%3A%5B1%5D%7D");
      assertThat(got.header("X-One")).isEqualTo("true");
      assertThat(got.header("Cookie")).isEqualTo("session=s1");
    }
  }

  @Test
  void aBodyIsTheBodyArgumentOrWhatNoParameterTakes() {
    try (var server = serving("/api.yaml", THREE)) {
      call(server, "/api.yaml", "make", "{\"body\": {\"name\": \"n\", \"size\": null}}");
      assertThat(last(server).path()).isEqualTo("/elsewhere/things");
      assertThat(last(server).json()).isEqualTo(json("{\"name\": \"n\", \"size\": null}"));
      call(server, "/api.yaml", "make", "{\"name\": \"m\"}");
      assertThat(last(server).json()).isEqualTo(json("{\"name\": \"m\"}"));
      assertThat(last(server).header("Content-Type")).isEqualTo("application/json");
    }
  }

  @Test
  void everythingThatIsWrongIsToldAtOnceAndNothingIsSent() {
    try (var server = serving("/api.yaml", THREE)) {
      var failed =
          failure(
              call(
                  server,
                  "/api.yaml",
                  "list",
                  "{\"note\": \"too long\", \"X-One\": \"maybe\", \"other\": 1}"));
      assertThat(failed.kind()).isEqualTo("validation");
      assertThat(failed.status()).isEqualTo(400);
      assertThat(failed.detail())
          .contains("'list'", "/parameters/ids: is required (in path)", "/parameters/note: ")
          .contains("/parameters/X-One: ", "/parameters/other: there is no such parameter");
      assertThat(
              failure(call(server, "/api.yaml", "make", "{\"body\": {\"size\": \"big\"}}"))
                  .detail())
          .contains("/parameters/body: ", "name", "/size");
      assertThat(failure(call(server, "/api.yaml", "make", "{}")).detail())
          .contains("/parameters/body: is required");
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void schemasOfTheNewestVersionAreJsonSchemaItself() {
    try (var server = serving("/n.json", NEWEST)) {
      assertThat(call(server, "/n.json", "note", "{\"body\": {\"at\": 1}}"))
          .isInstanceOf(Outcome.Succeeded.class);
      assertThat(failure(call(server, "/n.json", "note", "{\"body\": {\"at\": 2}}")).detail())
          .contains("/at");
    }
  }

  @Test
  void anOperationThatIsNotThereIsToldWithThoseThatAre() {
    try (var server = serving("/api.json", TWO)) {
      var failed = failure(call(server, "/api.json", "drop", "{}"));
      assertThat(failed.status()).isEqualTo(404);
      assertThat(failed.detail()).contains("no operation 'drop'", "form, get, put");
    }
  }

  @Test
  void documentsThatCannotBeUsedAreToldApart() {
    refused("<html>", "neither JSON nor YAML|no OpenAPI document");
    refused("{\"a\": 1}", "no OpenAPI document");
    refused("{\"openapi\": \"4.0.0\"}", "version '4.0.0' is not supported");
    refused(
        "{\"openapi\": \"3.0.0\", \"paths\": {\"/x\": {\"get\": {\"operationId\": \"o\","
            + " \"parameters\": [{\"$ref\": \"https://h.example/p.json\"}]}}}}",
        "leads out of the document");
    refused(
        "{\"openapi\": \"3.0.0\", \"paths\": {\"/x\": {\"get\": {\"operationId\": \"o\","
            + " \"parameters\": [{\"$ref\": \"#/c\"}]}}}, \"c\": {\"$ref\": \"#/c\"}}",
        "in a circle");
  }

  @Test
  void aDocumentIsLoadedOnceAndAMissingOneIsAnErrorOfCommunication() {
    try (var server = serving("/api.json", TWO)) {
      call(server, "/api.json", "get", "{\"id\": 1}");
      call(server, "/api.json", "get", "{\"id\": 2}");
      assertThat(server.received().stream().filter(it -> it.path().equals("/api.json"))).hasSize(1);
      var failed = failure(call(server, "/missing", "get", "{\"id\": 2}"));
      assertThat(failed.kind()).isEqualTo("communication");
      assertThat(failed.status()).isEqualTo(404);
    }
  }

  @Test
  void filesAreReadFromConfiguredFoldersAlone(@TempDir Path folder) throws Exception {
    try (var server = serving("/x", "");
        var allowed = Workbench.with("openapi.folders = [\"" + folder + "\"]")) {
      var file =
          Files.writeString(
              folder.resolve("api.json"),
              NEWEST.replace(
                  "\"paths\"", "\"servers\": [{\"url\": \"" + server.url() + "\"}], \"paths\""));
      assertThat(
              allowed
                  .toolbox()
                  .carryOut(order(file.toUri().toString(), "note", "{}", Perform.Mode.SEND)))
          .isInstanceOf(Outcome.Succeeded.class);
      assertThat(
              failure(
                      bench
                          .toolbox()
                          .carryOut(
                              order(file.toUri().toString(), "note", "{}", Perform.Mode.SEND)))
                  .detail())
          .contains("openapi.folders");
      assertThat(
              failure(
                      allowed
                          .toolbox()
                          .carryOut(order("file:///etc/passwd", "note", "{}", Perform.Mode.SEND)))
                  .detail())
          .contains("openapi.folders");
    }
  }

  @Test
  void aProbeTellsOperationsThatMayBeRepeatedFromThoseThatMayNot() {
    try (var server = serving("/api.json", TWO)) {
      assertThat(
              bench
                  .toolbox()
                  .carryOut(order(server.url() + "/api.json", "put", "{}", Perform.Mode.PROBE)))
          .isInstanceOf(Outcome.Absent.class);
      assertThat(
              bench
                  .toolbox()
                  .carryOut(order(server.url() + "/api.json", "form", "{}", Perform.Mode.PROBE)))
          .isInstanceOf(Outcome.Unknown.class);
    }
  }

  private void refused(String document, String why) {
    try (var server = serving("/api", document)) {
      var failed = failure(call(server, "/api", "o", "{}"));
      assertThat(failed.kind()).isEqualTo("configuration");
      assertThat(failed.detail()).containsPattern(why);
    }
  }

  private Outcome call(StandIn server, String path, String operation, String parameters) {
    var outcome =
        bench
            .toolbox()
            .carryOut(order(server.url() + path, operation, parameters, Perform.Mode.SEND));
    if (outcome instanceof Outcome.Succeeded) {
      assertThat(result(outcome)).isEqualTo(json("{\"done\": true}"));
    }
    return outcome;
  }

  private static Perform order(
      String document, String operation, String parameters, Perform.Mode mode) {
    return new Perform(
        Workbench.RUN,
        Workbench.KEY,
        1,
        mode,
        CallKind.OPENAPI,
        json(
            "{\"document\": {\"endpoint\": \"%s\"}, \"operationId\": \"%s\", \"parameters\": %s}"
                .formatted(document, operation, parameters)),
        Optional.empty(),
        Instant.now().plusSeconds(60));
  }

  private static Received last(StandIn server) {
    return server.received().getLast();
  }

  private static StandIn serving(String path, String document) {
    return StandIn.of(
        request ->
            request.path().equals("/missing")
                ? Reply.json(404, "{}")
                : request.path().equals(path)
                    ? Reply.of(200, "text/plain", document)
                    : Reply.json(200, "{\"done\": true}"));
  }
}
