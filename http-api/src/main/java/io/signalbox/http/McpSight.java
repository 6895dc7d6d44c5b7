package io.signalbox.http;

import io.signalbox.http.wire.Call;
import io.signalbox.protocol.access.Rights;

/**
 * What the caller of {@code /mcp} sees: just what it may use, by the same permissions as
 * everywhere. What it does not see is answered as what does not exist.
 */
record McpSight(Rights rights) {
  static McpSight of(Call call) {
    return new McpSight(call.by().rights());
  }

  boolean tool(String name) {
    return rights.anywhere("tool:" + name + ":call");
  }

  boolean agent(String name) {
    return rights.anywhere("agent:" + name + ":message");
  }

  boolean workflow(String namespace) {
    return rights.within(namespace, "run:start");
  }

  /** Whatever it is that goes by this name there. */
  boolean sees(String name) {
    if (name.startsWith(McpCatalog.AGENT)) {
      return agent(name.substring(McpCatalog.AGENT.length()));
    }
    if (name.startsWith(McpCatalog.WORKFLOW)) {
      String rest = name.substring(McpCatalog.WORKFLOW.length());
      int dot = rest.indexOf('.');
      return dot > 0 && workflow(rest.substring(0, dot));
    }
    return tool(name);
  }
}
