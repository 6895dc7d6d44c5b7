package io.signalbox.agents.hands;

import io.signalbox.agents.hands.auth.Authorizations;
import io.signalbox.agents.hands.auth.Tokens;
import io.signalbox.agents.hands.call.HttpCallHand;
import io.signalbox.agents.hands.call.OpenApiHand;
import io.signalbox.agents.hands.kit.Hand;
import io.signalbox.agents.hands.kit.Schemas;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.mcp.McpHand;
import io.signalbox.agents.hands.mcp.McpServers;
import io.signalbox.agents.hands.openapi.Documents;
import io.signalbox.agents.hands.process.ProcessHand;
import io.signalbox.agents.hands.secrets.Vault;
import io.signalbox.agents.hands.secrets.Veil;
import io.signalbox.agents.hands.sql.Datasources;
import io.signalbox.agents.hands.sql.SqlHand;
import io.signalbox.agents.hands.web.HttpToolHand;
import io.signalbox.agents.hands.web.Wire;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the hand for an order, checks what goes in and what comes out, and turns every mishap into
 * an outcome that does not claim more than is known.
 */
final class Toolbox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Toolbox.class);

  private final InstantSource clock;
  private final Wire wire;
  private final Datasources datasources;
  private final Builtins builtins;
  private final Vault vault;
  private final Hand http;
  private final Hand openapi;
  private final Hand httpTool;
  private final Hand sqlTool;
  private final Hand process;
  private final Hand mcp;

  private Toolbox(HandsSettings settings, McpServers servers, InstantSource clock) {
    this.clock = clock;
    this.wire = new Wire(settings.web(), settings.egress(), clock);
    this.datasources = new Datasources(settings.datasources(), settings.gateway());
    this.builtins = new Builtins(settings, wire);
    this.vault = new Vault(settings.secrets(), clock);
    var authorizations = new Authorizations(new Tokens(settings.tokens()));
    this.http = new HttpCallHand(wire, vault, authorizations);
    this.openapi = new OpenApiHand(wire, vault, authorizations, new Documents(settings.openapi()));
    this.httpTool = new HttpToolHand(wire, settings.credentials());
    this.process = new ProcessHand(settings.processes(), clock);
    this.mcp = new McpHand(servers);
    this.sqlTool = new SqlHand(datasources, clock, settings.web().maxResponseBytes());
  }

  static Toolbox open(HandsSettings settings, InstantSource clock) {
    return new Toolbox(settings, McpServers.none(), clock);
  }

  /** One that reaches servers of the Model Context Protocol, which it does not close. */
  static Toolbox open(HandsSettings settings, McpServers servers, InstantSource clock) {
    return new Toolbox(settings, servers, clock);
  }

  /** Gets ready in the background what the first calls would otherwise wait for. */
  void prepare() {
    datasources.prepare();
  }

  List<ToolDefinition> builtins() {
    return builtins.definitions();
  }

  Outcome carryOut(Perform order) {
    var began = clock.instant();
    var outcome = veiled(order);
    Meter.note(order, Duration.between(began, clock.instant()), outcome);
    return outcome;
  }

  /** No value of a secret gets into a journal, whichever hand it came through. */
  private Outcome veiled(Perform order) {
    Veil veil;
    try {
      veil = Veil.blind(vault);
    } catch (Setback e) {
      return e.outcome(); // nothing is sent of which the answer could not be shown
    }
    return veil.hide(
        switch (order.mode()) {
          case SEND -> send(order);
          case PROBE -> probe(order);
        });
  }

  /** Whether carrying it out never waits, so that whoever asks may do it on the spot. */
  static boolean atOnce(Perform order) {
    return order
        .tool()
        .filter(tool -> tool.kind().equals("builtin") && Builtins.atOnce(tool.name()))
        .isPresent();
  }

  private Outcome send(Perform order) {
    try {
      var hand = find(order);
      checkArguments(order);
      if (!clock.instant().isBefore(order.leaseUntil())) {
        throw Setback.failed("timeout", 503, "lease expired before sending");
      }
      var outcome = hand.send(order);
      checkResult(order, outcome);
      return outcome;
    } catch (Setback e) {
      return e.outcome();
    } catch (RuntimeException e) {
      LOG.error("call {} of run {} broke its hand", order.key(), order.run(), e);
      return hasEffect(order)
          ? new Outcome.Unknown("the connector broke: " + e)
          : new Outcome.Failed("runtime", 500, "the connector broke: " + e, Optional.empty());
    }
  }

  /** A look that fails settles nothing. */
  private Outcome probe(Perform order) {
    try {
      return find(order).probe(order);
    } catch (Setback e) {
      return new Outcome.Unknown("could not look: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("probe of call {} of run {} broke its hand", order.key(), order.run(), e);
      return new Outcome.Unknown("could not look, the connector broke: " + e);
    }
  }

  private Hand find(Perform order) throws Setback {
    if (order.kind() == CallKind.HTTP) {
      return http;
    }
    if (order.kind() == CallKind.OPENAPI) {
      return openapi;
    }
    if (order.kind() == CallKind.PROCESS) {
      return process;
    }
    if (order.kind() != CallKind.TOOL || order.tool().isEmpty()) {
      throw Setback.invalid("a call of kind " + order.kind().text() + " is not for the hands");
    }
    var tool = order.tool().get();
    return switch (tool.kind()) {
      case "http" -> httpTool;
      case "sql" -> sqlTool;
      case "mcp" -> mcp;
      case "builtin" ->
          builtins
              .hand(tool.name())
              .orElseThrow(() -> Setback.invalid("no tool named " + tool.name() + " is built in"));
      default -> throw Setback.invalid("tools of kind " + tool.kind() + " are not supported");
    };
  }

  private static void checkArguments(Perform order) throws Setback {
    if (order.tool().isPresent()) {
      var faults = Schemas.faults(order.tool().get().parameters(), order.arguments());
      if (!faults.isEmpty()) {
        throw Setback.invalid("arguments do not fit the tool: " + Schemas.tell(faults));
      }
    }
  }

  private static void checkResult(Perform order, Outcome outcome) throws Setback {
    var declared = order.tool().flatMap(ToolDefinition::result);
    if (declared.isPresent() && outcome instanceof Outcome.Succeeded(var result, var _)) {
      var faults = Schemas.faults(declared.get(), result);
      if (!faults.isEmpty()) {
        var unsure = hasEffect(order) && !isIdempotent(order);
        throw Setback.garbled(
            unsure, "the result does not fit what the tool declares: " + Schemas.tell(faults));
      }
    }
  }

  private static boolean hasEffect(Perform order) {
    return order.tool().map(tool -> tool.risk() != Risk.READ).orElse(true);
  }

  private static boolean isIdempotent(Perform order) {
    return order
        .tool()
        .filter(tool -> tool.onUnknownOutcome() == OnUnknownOutcome.IDEMPOTENT)
        .isPresent();
  }

  @Override
  public void close() {
    wire.close();
    datasources.close();
  }
}
