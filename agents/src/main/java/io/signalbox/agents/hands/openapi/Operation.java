package io.signalbox.agents.hands.openapi;

import java.util.List;
import java.util.Optional;

/**
 * What it takes to make a request of an operation.
 *
 * @param server the address its path is put after
 * @param path with a {@code {name}} for each path parameter
 * @param accept media types it answers with
 */
public record Operation(
    String id,
    String method,
    String server,
    String path,
    List<Parameter> parameters,
    Optional<Body> body,
    List<String> accept,
    Checks checks) {
  public Operation {
    parameters = List.copyOf(parameters);
    accept = List.copyOf(accept);
  }

  /**
   * What it takes as a body.
   *
   * @param name the argument that holds it
   * @param type its media type
   */
  record Body(String name, boolean required, String type, String schemaAt) {}

  /** Whether it changes nothing over there. */
  public boolean isSafe() {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS", "TRACE" -> true;
      default -> false;
    };
  }

  /** Whether doing it twice is the same as doing it once. */
  public boolean isIdempotent() {
    return isSafe() || method.equals("PUT") || method.equals("DELETE");
  }
}
