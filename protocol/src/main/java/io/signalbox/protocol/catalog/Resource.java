package io.signalbox.protocol.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A deployed thing: one version of a workflow, an agent or a tool.
 *
 * @param kind {@code workflow}, {@code agent}, {@code tool} or {@code guardrail}
 * @param namespace a folder within the tenant; empty for agents and tools
 * @param digest {@code sha256:} and hex digest of the body
 * @param source the text as it was sent, for workflows
 */
public record Resource(
    String kind,
    String namespace,
    String name,
    String version,
    String digest,
    JsonNode body,
    String source,
    Instant createdAt) {}
