package io.signalbox.protocol.catalog;

import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.mcp.McpStanding;
import java.util.List;
import java.util.Optional;

/** The catalog's answers. */
public sealed interface CatalogReply {
  /** {@code created} is false when the very same was there before. */
  record Kept(Resource resource, boolean created) implements CatalogReply {}

  record Found(Resource resource) implements CatalogReply {}

  record Page(List<Resource> items, Optional<String> nextCursor) implements CatalogReply {
    public Page {
      items = List.copyOf(items);
    }
  }

  /** How things stand with servers of the Model Context Protocol. */
  record Mcp(List<McpStanding> standings) implements CatalogReply {
    public Mcp {
      standings = List.copyOf(standings);
    }
  }

  record Gone() implements CatalogReply {}

  record Refused(Refusal refusal) implements CatalogReply {}
}
