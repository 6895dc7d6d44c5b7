package io.signalbox.agents.hands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import io.signalbox.agents.hands.sql.GatewayDatabase;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A toolbox with the settings of a test, and the orders for it. */
final class Workbench implements AutoCloseable {
  static final RunId RUN = new RunId("default", "r1");
  static final String KEY = "r1-7";

  private final Toolbox toolbox;

  private Workbench(Toolbox toolbox) {
    this.toolbox = toolbox;
  }

  static Workbench with(String overrides) {
    return with(overrides, Optional.empty());
  }

  static Workbench with(String overrides, Optional<GatewayDatabase> gateway) {
    return new Workbench(Toolbox.open(settings(overrides, gateway), InstantSource.system()));
  }

  static HandsSettings settings(String overrides, Optional<GatewayDatabase> gateway) {
    var hands = "signalbox.agents.hands { " + overrides + " }";
    var config =
        ConfigFactory.parseString(hands)
            .withFallback(ConfigFactory.parseResources("hands.conf"))
            .resolve();
    return HandsSettings.from(config, gateway);
  }

  Toolbox toolbox() {
    return toolbox;
  }

  Outcome http(String arguments) {
    return toolbox.carryOut(httpOrder(arguments));
  }

  Outcome call(String tool, String arguments) {
    return toolbox.carryOut(order(Perform.Mode.SEND, builtin(tool), arguments));
  }

  Outcome probe(String tool, String arguments) {
    return toolbox.carryOut(order(Perform.Mode.PROBE, builtin(tool), arguments));
  }

  Outcome probe(ToolDefinition tool, String arguments) {
    return toolbox.carryOut(order(Perform.Mode.PROBE, tool, arguments));
  }

  Outcome call(ToolDefinition tool, String arguments) {
    return toolbox.carryOut(order(Perform.Mode.SEND, tool, arguments));
  }

  ToolDefinition builtin(String name) {
    return toolbox.builtins().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static Perform httpOrder(String arguments) {
    return new Perform(
        RUN, KEY, 1, Perform.Mode.SEND, CallKind.HTTP, json(arguments), Optional.empty(), soon());
  }

  static Perform order(Perform.Mode mode, ToolDefinition tool, String arguments) {
    return new Perform(
        RUN, KEY, 1, mode, CallKind.TOOL, json(arguments), Optional.of(tool), soon());
  }

  /** A tool that an operator has defined. */
  static ToolDefinition tool(
      String kind, Risk risk, OnUnknownOutcome policy, String parameters, String config) {
    return new ToolDefinition(
        "test.tool",
        kind,
        "for tests",
        json(parameters),
        Optional.empty(),
        risk,
        policy,
        Duration.ofSeconds(5),
        List.of(),
        json(config));
  }

  static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode result(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    // as it reads once journalled
    return json(((Outcome.Succeeded) outcome).result().toString());
  }

  static Outcome.Failed failure(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return (Outcome.Failed) outcome;
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(60);
  }

  @Override
  public void close() {
    toolbox.close();
  }
}
