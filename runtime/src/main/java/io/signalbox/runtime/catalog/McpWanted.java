package io.signalbox.runtime.catalog;

import io.signalbox.protocol.Fault;
import io.signalbox.protocol.mcp.McpReach;
import io.signalbox.protocol.mcp.McpServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a server of the Model Context Protocol must be before it is kept; every fault at once. */
final class McpWanted {
  /** A scheme of URIs may be made of it. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,62})?");
  private static final Duration LONGEST = Duration.ofHours(1);

  private McpWanted() {}

  static List<Fault> faults(McpServer server) {
    List<Fault> faults = new ArrayList<>();
    if (!NAME.matcher(server.name()).matches()) {
      faults.add(
          new Fault("/name", "must be 1 to 63 of a-z, 0-9 and '-', a letter first: " + NAME));
    }
    if (!PREFIX.matcher(server.prefix()).matches()) {
      faults.add(
          new Fault(
              "/prefix", "must be empty, or letters, digits, '.', '_' and '-', such as 'files.'"));
    }
    if (!server.timeout().isPositive() || server.timeout().compareTo(LONGEST) > 0) {
      faults.add(new Fault("/timeout", "must be more than 0 and at most PT1H"));
    }
    switch (server.reach()) {
      case McpReach.Http http -> faults.addAll(address(http.url()));
      case McpReach.Stdio stdio -> {
        if (stdio.command().isBlank()) {
          faults.add(new Fault("/command", "must name a program"));
        }
      }
    }
    server
        .tools()
        .forEach(
            (name, rule) -> {
              for (String approver : rule.approvers()) {
                if (!approver.matches("(role|user):.+")) {
                  faults.add(
                      new Fault(
                          "/tools/" + name + "/approvers", "must be role:NAME or user:ID each"));
                }
              }
            });
    return faults;
  }

  private static List<Fault> address(String url) {
    try {
      URI uri = URI.create(url);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return web && uri.getHost() != null && uri.getUserInfo() == null
          ? List.of()
          : List.of(
              new Fault("/url", "must be an http or https address without user and password"));
    } catch (IllegalArgumentException e) {
      return List.of(new Fault("/url", "is not an address: " + e.getMessage()));
    }
  }
}
