package io.signalbox.protocol.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.access.Rights;
import io.signalbox.protocol.agent.AgentDefinition;
import io.signalbox.protocol.guard.Guardrail;
import io.signalbox.protocol.mcp.McpServer;
import io.signalbox.protocol.policy.Policy;
import io.signalbox.protocol.tool.ToolDefinition;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** What the node's catalog can be asked; local to a node, answered from the shared database. */
public sealed interface CatalogCommand {
  ActorRef<CatalogReply> replyTo();

  /**
   * Checks and keeps a workflow definition.
   *
   * @param text YAML or JSON
   */
  record DeployWorkflow(String tenant, String text, Rights rights, ActorRef<CatalogReply> replyTo)
      implements CatalogCommand {
    /** By somebody who may do so in every namespace. */
    public DeployWorkflow(String tenant, String text, ActorRef<CatalogReply> replyTo) {
      this(tenant, text, Rights.ALL, replyTo);
    }
  }

  /** One version, or without a version the newest. */
  record GetWorkflow(
      String tenant,
      String namespace,
      String name,
      Optional<String> version,
      ActorRef<CatalogReply> replyTo)
      implements CatalogCommand {}

  /** All versions of one workflow, or without a name all workflows; newest first. */
  record ListWorkflows(
      String tenant,
      Optional<String> namespace,
      Optional<String> name,
      int limit,
      Optional<String> cursor,
      ActorRef<CatalogReply> replyTo)
      implements CatalogCommand {}

  /** Refused with Conflict while a run of it is not ended. */
  record DeleteWorkflow(
      String tenant, String namespace, String name, String version, ActorRef<CatalogReply> replyTo)
      implements CatalogCommand {}

  record PutAgent(
      String tenant, AgentDefinition agent, JsonNode body, ActorRef<CatalogReply> replyTo)
      implements CatalogCommand {}

  record PutTool(String tenant, ToolDefinition tool, JsonNode body, ActorRef<CatalogReply> replyTo)
      implements CatalogCommand {}

  /** A rule about what is said and called, checked already by the catalog. */
  record PutGuardrail(
      String tenant, Guardrail guardrail, JsonNode body, ActorRef<CatalogReply> replyTo)
      implements CatalogCommand {}

  /** About servers of the Model Context Protocol. */
  sealed interface OfMcp extends CatalogCommand {}

  /** Keeps how a server of the Model Context Protocol is reached. */
  record PutMcpServer(String tenant, McpServer server, ActorRef<CatalogReply> replyTo)
      implements OfMcp {}

  /**
   * What a server offers now, or why it does not answer. The first offer is accepted as it is.
   *
   * @param digest of the server's definition as it was when it was asked
   */
  record McpSeen(
      String tenant,
      String server,
      String digest,
      Optional<JsonNode> offer,
      Optional<String> trouble,
      ActorRef<CatalogReply> replyTo)
      implements OfMcp {}

  /** Accepts what a server offers otherwise than before; without items, all of it. */
  record McpAccept(
      String tenant, String server, java.util.List<String> items, ActorRef<CatalogReply> replyTo)
      implements OfMcp {
    public McpAccept {
      items = java.util.List.copyOf(items);
    }
  }

  /** Forgets a server, its tools with it. */
  record McpDelete(String tenant, String server, ActorRef<CatalogReply> replyTo) implements OfMcp {}

  /** How things stand with one server, with all of a tenant, or with all there are. */
  record McpStandings(
      Optional<String> tenant, Optional<String> server, ActorRef<CatalogReply> replyTo)
      implements OfMcp {}

  /** A policy; refused where a condition of it cannot be compiled. */
  record PutPolicy(String tenant, Policy policy, JsonNode body, ActorRef<CatalogReply> replyTo)
      implements CatalogCommand {}

  /** Something that is kept by name, and checked already. */
  record Put(String tenant, String kind, String name, JsonNode body, ActorRef<CatalogReply> replyTo)
      implements CatalogCommand {}

  /** An agent, a tool or the like by name; built-in tools are there without being put. */
  record Get(String tenant, String kind, String name, ActorRef<CatalogReply> replyTo)
      implements CatalogCommand {}

  record List(
      String tenant,
      String kind,
      int limit,
      Optional<String> cursor,
      ActorRef<CatalogReply> replyTo)
      implements CatalogCommand {}

  record Delete(String tenant, String kind, String name, ActorRef<CatalogReply> replyTo)
      implements CatalogCommand {}
}
