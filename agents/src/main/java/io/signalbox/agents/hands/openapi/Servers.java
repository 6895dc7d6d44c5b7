package io.signalbox.agents.hands.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Setback;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a document's operations are served; relative addresses count from the document's own. */
record Servers(Document document) {
  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]+)}");

  /** Without a slash at its end. */
  String of(JsonNode item, JsonNode operation) throws Setback {
    var server = document.isTwo() ? two(operation) : three(item, operation);
    return server.replaceAll("/+$", "");
  }

  private String two(JsonNode operation) throws Setback {
    var root = document.root();
    var own = document.address();
    boolean remote = own.getHost() != null;
    var host = root.path("host").asText(remote ? own.getRawAuthority() : "");
    if (host.isEmpty()) {
      throw Document.broken("it names no host, and was not loaded from one");
    }
    var schemes =
        (operation.has("schemes") ? operation : root)
            .path("schemes")
            .valueStream()
            .map(JsonNode::asText)
            .filter(it -> it.equals("https") || it.equals("http"))
            .toList();
    var scheme =
        remote && (schemes.isEmpty() || schemes.contains(own.getScheme()))
            ? own.getScheme()
            : schemes.contains("https") || schemes.isEmpty() ? "https" : schemes.getFirst();
    var base = root.path("basePath").asText("");
    return scheme + "://" + host + (base.startsWith("/") || base.isEmpty() ? base : "/" + base);
  }

  private String three(JsonNode item, JsonNode operation) throws Setback {
    for (var owner : List.of(operation, item, document.root())) {
      if (owner.path("servers").size() > 0) {
        return resolve(filled(owner.path("servers").get(0)));
      }
    }
    return resolve("/");
  }

  private static String filled(JsonNode server) throws Setback {
    var names = VARIABLE.matcher(server.path("url").asText("/"));
    var url = new StringBuilder();
    while (names.find()) {
      var variable = server.path("variables").path(names.group(1));
      if (!variable.has("default")) {
        throw Document.broken("the server's variable '" + names.group(1) + "' has no default");
      }
      names.appendReplacement(url, Matcher.quoteReplacement(variable.path("default").asText()));
    }
    return names.appendTail(url).toString();
  }

  private String resolve(String server) throws Setback {
    try {
      var address = document.address().resolve(server);
      if (address.getHost() == null) {
        throw Document.broken(
            "its server '" + server + "' is relative, and the document was not loaded from a host");
      }
      return URI.create(address.toString()).toString();
    } catch (IllegalArgumentException _) {
      throw Document.broken("its server '" + server + "' is not an address");
    }
  }
}
