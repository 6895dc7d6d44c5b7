package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where it is switched on, an event that came shortly before somebody listened still counts. */
class LateEventsJourney {
  @RegisterExtension
  static final LiveGateway GATEWAY = new LiveGateway("signalbox.runtime.events.late = 1 h");

  private final Client client = GATEWAY.client();
  private final Publisher publisher = new Publisher(client);

  @Test
  void anEventThatCameBeforeIsDeliveredIfItCorrelates() throws Exception {
    client.deploy(
        "late",
        """
        do:
          - hear:
              listen:
                to:
                  one:
                    with: {type: late.paid}
                    correlate: {order: {from: .data.order, expect: '${ .order }'}}
        """);
    publisher.publish("late-1", "late.paid", "{order: 1}");
    publisher.publish("late-2", "late.paid", "{order: 2}");
    String second = client.start("late", "input: {order: 2}");
    assertThat(client.completed(second).at("/output/0/order").asInt()).isEqualTo(2);
    String third = client.start("late", "input: {order: 3}");
    client.waiting(third, "event");
    publisher.publish("late-3", "late.paid", "{order: 3}");
    client.completed(third);
  }

  @Test
  void noRunGetsAnEventTwice() throws Exception {
    client.deploy(
        "twice",
        """
        do:
          - first: {listen: {to: {one: {with: {type: late.tick}}}}}
          - second: {listen: {to: {one: {with: {type: late.tick}}}}}
        """);
    publisher.publish("tick-1", "late.tick", "1");
    String run = client.start("twice", "");
    Eventually.get(
        "the first is taken",
        () -> client.run(run),
        it ->
            it.path("currentTasks").toString().contains("second")
                && it.path("waitingFor").findValuesAsText("kind").contains("event"));
    publisher.publish("tick-2", "late.tick", "2");
    assertThat(client.completed(run).path("output")).isEqualTo(Client.yaml("[2]"));
  }
}
