package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.journey.Outside.Said;
import io.signalbox.protocol.Json;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Values far too large for a message between nodes pass through every layer, kept once. */
class LargeValuesJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

  private final Client client = GATEWAY.client();

  private static ArrayNode list(int seed, int items) {
    ArrayNode list = Json.MAPPER.createArrayNode();
    for (int i = 0; i < items; i++) {
      list.addObject().put("number", i).put("seed", seed).put("text", "item " + i + " of many");
    }
    return list;
  }

  private String start(String workflow, String id, JsonNode input) throws Exception {
    ObjectNode order = Json.object().put("id", id);
    order.putObject("workflow").put("namespace", "journey").put("name", workflow);
    order.set("input", input);
    return client
        .send("POST", "/v1/runs", order.toString(), "Content-Type", "application/json")
        .expect(201)
        .json()
        .path("id")
        .asText();
  }

  private static long number(String sql) throws Exception {
    try (Connection connection = Chain.open(GATEWAY.database());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static long widestRow(String run) throws Exception {
    return number(
        "select max(octet_length(event_payload)) from event_journal where persistence_id ="
            + " 'run|default|"
            + run
            + "'");
  }

  private static long blobsOf(String run) throws Exception {
    return number(
        "select count(*) from blob_reference where persistence_id = 'run|default|" + run + "'");
  }

  @Test
  void aLargeInputGoesThroughToolsAndExpressionsAndIsKeptOnce() throws Exception {
    client.deploy(
        "large-input",
        """
        do:
          - note: {set: {items: '${ .items }', count: '${ .items | length }'}}
          - echo: {call: tool, with: {tool: echo, arguments: {items: '${ .items }', count: '${ .count }'}}}
          - hold: {listen: {to: {one: {with: {type: journey.large.go}}}}, output: {as: '${ $workflow.input }'}}
          - last: {set: {count: '${ .items | length }', items: '${ .items }'}}
        """);
    JsonNode items = list(1, 4000);
    String run = start("large-input", "large-1", Json.object().set("items", items));
    client.waiting(run, "event");
    assertThat(client.run(run).at("/input/items")).isEqualTo(items);
    client
        .send(
            "POST",
            "/v1/events",
            "{\"specversion\":\"1.0\",\"id\":\"g\",\"source\":\"/j\",\"type\":\"journey.large.go\"}",
            "Content-Type",
            "application/cloudevents+json")
        .expect(202);
    JsonNode done = client.completed(run);
    assertThat(done.at("/output/items")).isEqualTo(items);
    assertThat(done.at("/output/count").asInt()).isEqualTo(4000);
    assertThat(items.toString().length()).isGreaterThan(200_000);
    assertThat(widestRow(run)).isLessThan(16_000);
    Eventually.get("the view refers to the value", () -> blobsOf(run), count -> count == 1);
    JsonNode called =
        client.history(run).stream()
            .filter(it -> it.path("type").asText().equals("tool.returned"))
            .findFirst()
            .orElseThrow();
    assertThat(called.at("/data/outcome/result/items")).isEqualTo(items);
    Chain.isWhole(GATEWAY.database(), run);
  }

  @Test
  void aLargeAnswerOfTheOutsideIsSentOnInFull() throws Exception {
    JsonNode large = Json.object().set("rows", list(2, 3000));
    try (Outside outside =
        Outside.open()
            .on("/give", _ -> Said.json(200, large.toString()))
            .on("/take", _ -> Said.json(200, "{\"taken\":true}"))) {
      client.deploy(
          "large-answer",
          """
          do:
            - give: {call: http, with: {method: get, endpoint: '%s/give'}}
            - take: {call: http, with: {method: post, endpoint: '%s/take', body: '${ . }'}}
          """
              .formatted(outside.url(), outside.url()));
      String run = client.start("large-answer", "id: large-2");
      assertThat(client.completed(run).at("/output/taken").asBoolean()).isTrue();
      assertThat(Json.MAPPER.readTree(outside.received("/take").getFirst().body()))
          .isEqualTo(large);
      assertThat(widestRow(run)).isLessThan(16_000);
      assertThat(client.get("/v1/runs/" + run + "/trace").expect(200).json()).isNotEmpty();
    }
  }

  @Test
  void aLargeEventReachesTheRunThatListens() throws Exception {
    client.deploy(
        "large-event",
        """
        do:
          - hold: {listen: {to: {one: {with: {type: journey.large.event}}}}}
          - pass: {set: {got: '${ . }'}}
        """);
    String run = client.start("large-event", "id: large-3");
    client.waiting(run, "event");
    ObjectNode event =
        Json.object()
            .put("specversion", "1.0")
            .put("id", "large-event")
            .put("source", "/j")
            .put("type", "journey.large.event");
    event.set("data", Json.object().set("rows", list(3, 3000)));
    client
        .send(
            "POST", "/v1/events", event.toString(), "Content-Type", "application/cloudevents+json")
        .expect(202);
    JsonNode done = client.completed(run);
    assertThat(done.at("/output/got").findValue("rows")).isEqualTo(event.at("/data/rows"));
    assertThat(widestRow(run)).isLessThan(16_000);
  }

  @Test
  void aLargeMessageReachesTheAgentAndItsReplyTheRun() throws Exception {
    client
        .put(
            "/v1/agents/parrot",
            """
            role: parrot
            instructions: Say it again.
            model: scripted/parrot
            tools: []
            script:
              - {reply: '{{message}} {{data.rows.2999.number}}'}
            """)
        .expect(201);
    client.deploy(
        "large-message",
        """
        do:
          - say: {call: agent, with: {agent: parrot, message: '${ .text }', data: {rows: '${ .rows }'}}}
        """);
    String text = "word ".repeat(20_000);
    ObjectNode input = Json.object().put("text", text);
    input.set("rows", list(4, 3000));
    String run = start("large-message", "large-4", input);
    JsonNode done = client.completed(run);
    assertThat(done.at("/output/message").asText()).isEqualTo(text + " 2999");
    assertThat(widestRow(run)).isLessThan(16_000);
  }

  @Test
  void whatOnlyLooksLikeAReferenceStaysWhatItIs() throws Exception {
    client.deploy("likeness", "do: [{pass: {set: {all: '${ . }'}}}]");
    ObjectNode known = Json.object().set("items", list(5, 3000));
    start("likeness", "likeness-1", known);
    client.completed("likeness-1");
    String digest = digestOf("likeness-1");
    ObjectNode input = Json.object();
    input.putObject("forged").put("~claim", digest).put("bytes", 1000);
    input.putObject("escaped").put("~~claim", digest).put("bytes", 1000);
    input.set("items", list(6, 3000));
    start("likeness", "likeness-2", input);
    JsonNode done = client.completed("likeness-2");
    assertThat(done.at("/output/all")).isEqualTo(input);
    assertThat(done.path("input")).isEqualTo(input);
    assertThat(client.get("/v1/blobs/" + digest).expect(200).json()).isEqualTo(known.get("items"));
    client.get("/v1/blobs/" + "0".repeat(64)).problem(404);
  }

  private static String digestOf(String run) throws Exception {
    Eventually.get("a reference", () -> blobsOf(run), count -> count == 1);
    try (Connection connection = Chain.open(GATEWAY.database());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select digest from blob_reference where persistence_id = 'run|default|"
                    + run
                    + "'")) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void aValueWhoseTurnIsNeverWrittenIsNotReferredToAndTheSameStartWorksLater() throws Exception {
    client.deploy("torn", "do: [{pass: {set: {all: '${ .items | length }'}}}]");
    change(
        """
        create function no_torn() returns trigger language plpgsql as $$
        begin raise exception 'this row cannot be written'; end $$;
        create trigger no_torn before insert on event_journal for each row
        when (new.persistence_id = 'run|default|torn') execute function no_torn()
        """);
    JsonNode input = Json.object().set("items", list(7, 3000));
    long before = number("select count(*) from blob");
    ObjectNode order = Json.object().put("id", "torn");
    order.putObject("workflow").put("namespace", "journey").put("name", "torn");
    order.set("input", input);
    int status =
        client
            .send("POST", "/v1/runs", order.toString(), "Content-Type", "application/json")
            .status();
    assertThat(status).isGreaterThanOrEqualTo(500);
    assertThat(number("select count(*) from blob")).isEqualTo(before + 1);
    assertThat(blobsOf("torn")).isZero();
    change("drop trigger no_torn on event_journal; drop function no_torn()");
    Eventually.get(
        "the same start is taken",
        () ->
            client
                .send("POST", "/v1/runs", order.toString(), "Content-Type", "application/json")
                .status(),
        it -> List.of(201, 409).contains(it));
    assertThat(client.completed("torn").at("/output/all").asInt()).isEqualTo(3000);
    assertThat(number("select count(*) from blob")).isEqualTo(before + 1);
    Eventually.get("it is referred to", () -> blobsOf("torn"), count -> count == 1);
  }

  private static void change(String sql) throws Exception {
    try (Connection connection = Chain.open(GATEWAY.database());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
