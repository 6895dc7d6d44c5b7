package io.signalbox.protocol.mcp;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a server is reached. Secrets are named, never held. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "transport")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "http", value = McpReach.Http.class),
  @JsonSubTypes.Type(name = "stdio", value = McpReach.Stdio.class),
})
public sealed interface McpReach {
  /**
   * Streamable HTTP.
   *
   * @param secrets headers whose values are secrets, by the secrets' names
   * @param authentication a policy as the DSL has it, such as {@code {bearer: {use: SECRET}}} or
   *     {@code {oauth2: {...}}}
   */
  record Http(
      String url,
      Map<String, String> headers,
      Map<String, String> secrets,
      Optional<JsonNode> authentication)
      implements McpReach {
    public Http {
      headers = Map.copyOf(headers);
      secrets = Map.copyOf(secrets);
    }
  }

  /**
   * A process of the gateway's own, spoken to over its standard input and output.
   *
   * @param secrets environment variables whose values are secrets, by the secrets' names
   */
  record Stdio(
      String command, List<String> args, Map<String, String> env, Map<String, String> secrets)
      implements McpReach {
    public Stdio {
      args = List.copyOf(args);
      env = Map.copyOf(env);
      secrets = Map.copyOf(secrets);
    }
  }
}
