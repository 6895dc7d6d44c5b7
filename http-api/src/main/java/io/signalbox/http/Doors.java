package io.signalbox.http;

import io.signalbox.protocol.access.AccessCommand;
import io.signalbox.protocol.audit.Archive;
import io.signalbox.protocol.blob.Blobs;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.event.EventCommand;
import io.signalbox.protocol.mcp.McpOrder;
import io.signalbox.protocol.notify.LinkCommand;
import io.signalbox.protocol.tool.ToolHealth;
import io.signalbox.protocol.view.ViewQuery;
import java.util.List;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What this room needs of the others. Runs and sessions are found by sharding.
 *
 * @param mcp asks federated servers of the Model Context Protocol
 * @param links the keeper of links that decide
 * @param blobs where large values are kept
 * @param tools how tools fare on this node
 * @param prometheus the metrics as Prometheus text
 * @param health what readiness depends on; answers from memory, at once
 */
public record Doors(
    ActorRef<CatalogCommand> catalog,
    ActorRef<EventCommand> events,
    ActorRef<ViewQuery> views,
    ActorRef<AccessCommand> access,
    ActorRef<McpOrder> mcp,
    ActorRef<LinkCommand> links,
    Archive audit,
    Blobs blobs,
    ToolHealth.Board tools,
    Supplier<String> prometheus,
    Supplier<List<HealthCheck>> health) {}
