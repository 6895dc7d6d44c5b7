package io.signalbox.http.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.mcp.McpStanding;
import io.signalbox.protocol.mcp.McpStanding.Change;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What federated servers offer, under the names it has here. Tools and prompts carry the server's
 * prefix; where there is one, addresses of resources carry the server's name in their scheme. Pure.
 *
 * @param callable whether the caller may call the gateway's tool of this name; who may not read a
 *     server's resources or get its prompts does not see that there are any
 */
public record McpOffers(List<McpStanding> standings, Predicate<String> callable) {
  private static final Pattern PLACE = Pattern.compile("\\{[^}]*}");

  public McpOffers {
    standings = List.copyOf(standings);
  }

  private List<McpStanding> open(String by) {
    return standings.stream().filter(it -> callable.test(it.server().name() + "." + by)).toList();
  }

  /** The servers of which the caller sees anything at all. */
  public List<McpStanding> seen() {
    return standings.stream()
        .filter(
            it ->
                callable.test(it.server().name() + ".read-resource")
                    || callable.test(it.server().name() + ".get-prompt")
                    || it.accepted().orElseGet(Json::object).properties().stream()
                        .filter(item -> item.getKey().startsWith("tools/"))
                        .map(item -> it.server().prefix() + item.getValue().path("name").asText())
                        .anyMatch(callable))
        .toList();
  }

  /** One thing of one server, by the server's own name or address. */
  public record Found(McpStanding standing, String own) {}

  /** The accepted tool behind one of the gateway's tools, under its name here. */
  public Optional<ObjectNode> tool(JsonNode config, String name) {
    String server = config.path("server").asText();
    return standings.stream()
        .filter(it -> it.server().name().equals(server))
        .flatMap(it -> accepted(it, "tools/" + config.path("tool").asText()).stream())
        .findFirst()
        .map(item -> item.deepCopy().put("name", name));
  }

  /** All prompts that count. */
  public ArrayNode prompts() {
    ArrayNode all = Json.object().putArray("prompts");
    for (McpStanding it : open("get-prompt")) {
      Set<String> held = held(it);
      it.accepted()
          .orElseGet(Json::object)
          .properties()
          .forEach(
              item -> {
                if (item.getKey().startsWith("prompts/")
                    && !held.contains(item.getKey())
                    && item.getValue() instanceof ObjectNode prompt) {
                  String name = it.server().prefix() + prompt.path("name").asText();
                  all.add(prompt.deepCopy().put("name", name));
                }
              });
    }
    return all;
  }

  public Optional<Found> prompt(String name) {
    return open("get-prompt").stream()
        .filter(it -> name.startsWith(it.server().prefix()))
        .map(it -> new Found(it, name.substring(it.server().prefix().length())))
        .filter(it -> accepted(it.standing(), "prompts/" + it.own()).isPresent())
        .findFirst();
  }

  /** {@code resources} or {@code resourceTemplates}, with {@code uri} or {@code uriTemplate}. */
  public ArrayNode resources(String kind, String address) {
    ArrayNode all = Json.object().putArray(kind);
    for (McpStanding it : open("read-resource")) {
      for (JsonNode item : it.offered().orElseGet(Json::object).path(kind)) {
        if (item instanceof ObjectNode resource) {
          String uri = outside(it, resource.path(address).asText());
          all.add(resource.deepCopy().put(address, uri));
        }
      }
    }
    return all;
  }

  /** The server that has this resource, and the resource's address there. */
  public Optional<Found> resource(String uri) {
    List<McpStanding> open = open("read-resource");
    for (McpStanding it : open) {
      String scheme = it.server().name() + "+";
      if (!it.server().prefix().isEmpty() && uri.startsWith(scheme)) {
        return Optional.of(new Found(it, uri.substring(scheme.length())));
      }
    }
    List<McpStanding> plain = open.stream().filter(it -> it.server().prefix().isEmpty()).toList();
    return plain.stream()
        .filter(it -> lists(it, uri))
        .findFirst()
        .or(() -> plain.stream().filter(McpOffers::hasResources).findFirst())
        .map(it -> new Found(it, uri));
  }

  /** The address of a server's resource as it is here. */
  public static String outside(McpStanding standing, String uri) {
    return standing.server().prefix().isEmpty() ? uri : standing.server().name() + "+" + uri;
  }

  private static boolean hasResources(McpStanding it) {
    return it.offered().orElseGet(Json::object).has("resources");
  }

  private static boolean lists(McpStanding standing, String uri) {
    JsonNode offered = standing.offered().orElseGet(Json::object);
    return offered
            .path("resources")
            .valueStream()
            .anyMatch(it -> it.path("uri").asText().equals(uri))
        || offered
            .path("resourceTemplates")
            .valueStream()
            .anyMatch(it -> fits(it.path("uriTemplate").asText(), uri));
  }

  /** Whether an address may have been made of a template. */
  private static boolean fits(String template, String uri) {
    String form =
        PLACE
            .splitAsStream(template + " ")
            .map(String::strip)
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return uri.matches(form);
  }

  private static Optional<ObjectNode> accepted(McpStanding standing, String item) {
    return standing
        .accepted()
        .map(it -> it.get(item))
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .filter(_ -> !held(standing).contains(item));
  }

  private static Set<String> held(McpStanding standing) {
    return standing.changes().stream().map(Change::item).collect(Collectors.toSet());
  }
}
