package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.signalbox.protocol.Json;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Listening for more than one event, correlated, over HTTP and with the tables underneath. */
class ListenJourney {
  @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

  private final Client client = GATEWAY.client();
  private final Publisher publisher = new Publisher(client);

  private static long number(String sql) throws Exception {
    try (Connection connection = Chain.open(GATEWAY.database());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void change(String sql) throws Exception {
    try (Connection connection = Chain.open(GATEWAY.database());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void eachRunGetsTheEventsOfItsOwnOrder() throws Exception {
    client.deploy(
        "orders",
        """
        do:
          - hear:
              listen:
                to:
                  all:
                    - with: {type: order.paid}
                      correlate: {order: {from: .data.order, expect: '${ .order }'}}
                    - with: {type: order.packed}
                      correlate: {order: {from: .data.order, expect: '${ .order }'}}
        """);
    List<String> orders = List.of("a", "b", "c");
    for (String order : orders) {
      client.start("orders", "id: order-%s\ninput: {order: %s}".formatted(order, order));
    }
    for (String order : orders) {
      client.waiting("order-" + order, "event");
    }
    ArrayNode batch = Json.MAPPER.createArrayNode();
    for (String order : orders) {
      batch.add(Publisher.event("paid-" + order, "order.paid", "{order: " + order + "}"));
      batch.add(Publisher.event("packed-" + order, "order.packed", "{order: " + order + "}"));
    }
    assertThat(publisher.send(batch).expect(202).json().path("fresh").asInt()).isEqualTo(6);
    for (String order : orders) {
      JsonNode run = client.completed("order-" + order);
      assertThat(run.path("output").findValuesAsText("order")).containsExactly(order, order);
    }
    Eventually.get(
        "nobody listens any more",
        () -> number("select count(*) from subscription where run like 'order-%'"),
        left -> left == 0);
  }

  @Test
  void oneAmongAHundredThousandOfItsTypeIsFoundByAnIndex() throws Exception {
    client.deploy(
        "needle",
        """
        do:
          - hear:
              listen:
                to:
                  one:
                    with: {type: hay}
                    correlate: {straw: {from: .data.straw, expect: '${ .straw }'}}
        """);
    client.start("needle", "id: needle\ninput: {straw: sharp}");
    client.waiting("needle", "event");
    change(
        """
        insert into subscription (tenant, run, id, slot, type, shape, extractors, key, filter)
        select s.tenant, 'straw-' || i, 'straw-' || i, 0, s.type, s.shape, s.extractors,
               md5(i::text), s.filter
          from subscription s, generate_series(1, 100000) i where s.run = 'needle'
        """);
    long scans = number("select seq_scan from pg_stat_user_tables where relname = 'subscription'");
    long looks = number("select idx_scan from pg_stat_user_tables where relname = 'subscription'");
    for (int i = 0; i < 20; i++) {
      publisher.publish("dull-" + i, "hay", "{straw: dull}");
    }
    publisher.publish("sharp", "hay", "{straw: sharp}");
    assertThat(client.completed("needle").at("/output/0/straw").asText()).isEqualTo("sharp");
    Eventually.get(
        "the index is used",
        () -> number("select idx_scan from pg_stat_user_tables where relname = 'subscription'"),
        seen -> seen >= looks + 40);
    assertThat(number("select seq_scan from pg_stat_user_tables where relname = 'subscription'"))
        .isEqualTo(scans);
    change("delete from subscription where run like 'straw-%'");
  }

  @Test
  void aRunStartsWhenAllItsEventsAreThere() throws Exception {
    client.deploy(
        "joined",
        """
        schedule:
          on:
            all:
              - with: {type: join.left}
                correlate: {pair: {from: .data.pair}}
              - with: {type: join.right}
                correlate: {pair: {from: .data.pair}}
        do:
          - keep: {set: {types: '${ map(.type) }', pairs: '${ map(.data.pair) | unique }'}}
        """);
    publisher.publish("l1", "join.left", "{pair: 1}");
    publisher.publish("l2", "join.left", "{pair: 2}");
    publisher.publish("r2", "join.right", "{pair: 2}");
    publisher.publish("r2", "join.right", "{pair: 2}");
    publisher.publish("r3", "join.right", "{pair: 3}");
    JsonNode page =
        Eventually.get(
            "one run",
            () -> client.get("/v1/runs?workflow=joined").expect(200).json(),
            it -> !it.path("items").isEmpty());
    JsonNode run = client.completed(page.at("/items/0/id").asText());
    assertThat(run.path("output"))
        .isEqualTo(Client.yaml("{types: [join.left, join.right], pairs: [2]}"));
    assertThat(client.get("/v1/runs?workflow=joined").json().path("items")).hasSize(1);
  }

  @Test
  void anyOfSeveralEventsStartsARunOfItsOwn() throws Exception {
    client.deploy(
        "either",
        """
        schedule: {on: {any: [{with: {type: 'either\\.(one|two)'}}, {with: {type: either.three}}]}}
        do:
          - keep: {set: {n: '${ .[0].data }'}}
        """);
    publisher.publish("e1", "either.one", "1");
    publisher.publish("e3", "either.three", "3");
    publisher.publish("e4", "either.four", "4");
    Eventually.get(
        "two runs",
        () -> client.get("/v1/runs?workflow=either&status=completed").expect(200).json(),
        it -> it.path("items").size() == 2);
  }

  @Test
  void anEventThatTheDatabaseCannotKeepIsTheCallersFault() throws Exception {
    publisher.send(Publisher.event("nul\0", "t", "{}")).problem(422);
  }
}
