package io.signalbox.runtime.definition;

/** Why the calls of the DSL that the gateway does not make are refused, and what to do instead. */
final class NotOurs {
  private NotOurs() {}

  static String why(String function) {
    return switch (function) {
      case "grpc" ->
          "calls of grpc are not built: the gateway speaks HTTP; call the service's HTTP interface"
              + " with call: http or call: openapi";
      default ->
          "calls of "
              + function
              + " are not built: the gateway takes and sends CloudEvents over HTTP; use listen,"
              + " emit or call: http";
    };
  }
}
