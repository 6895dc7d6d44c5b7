package io.signalbox.agents.hands.mcp;

import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpTransportSessionNotFoundException;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.kit.Shortened;
import java.net.ConnectException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** What the SDK throws, told as what is known of the call. */
final class Faults {
  private static final int INVALID_PARAMS = -32602;
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int RESOURCE_NOT_FOUND = -32002;

  private Faults() {}

  /** Nothing was asked yet. */
  static Setback connecting(Link link, RuntimeException e) {
    Optional<UncheckedSetback> ours = find(e, UncheckedSetback.class);
    if (ours.isPresent()) {
      return ours.get().setback();
    }
    if (find(e, McpHttpClientTransportAuthorizationException.class).isPresent()) {
      return Setback.failed(
          "authentication",
          401,
          "the server '%s' does not take the gateway's credential".formatted(link.server()));
    }
    return Setback.failed(
        "communication",
        503,
        "the server '%s' cannot be reached: %s".formatted(link.server(), tell(e)));
  }

  /** The call may have been carried out, unless the server says that it was not. */
  static Setback calling(Link link, RuntimeException e, boolean effect) {
    Optional<UncheckedSetback> ours = find(e, UncheckedSetback.class);
    if (ours.isPresent()) {
      return ours.get().setback();
    }
    Optional<McpError> no = find(e, McpError.class).filter(it -> it.getJsonRpcError() != null);
    if (no.isPresent()) {
      int code = no.get().getJsonRpcError().code();
      String detail = Shortened.of(no.get().getJsonRpcError().message());
      return switch (code) {
        case INVALID_PARAMS -> Setback.invalid(detail);
        case METHOD_NOT_FOUND, RESOURCE_NOT_FOUND -> Setback.failed("validation", 404, detail);
        default -> Setback.failed("runtime", 502, detail);
      };
    }
    if (find(e, ConnectException.class).isPresent()) {
      return connecting(link, e);
    }
    if (find(e, TimeoutException.class).isPresent()) {
      String detail = "the server '%s' did not answer in time".formatted(link.server());
      return effect ? Setback.unknown(detail) : Setback.failed("timeout", 408, detail);
    }
    String detail = "the connection to '%s' was lost: %s".formatted(link.server(), tell(e));
    return effect ? Setback.unknown(detail) : Setback.failed("communication", 502, detail);
  }

  /** The server has forgotten the session, and so has not carried out what came in it. */
  static boolean isForgotten(RuntimeException e) {
    return find(e, McpTransportSessionNotFoundException.class).isPresent();
  }

  /** The server's own code, or that of an internal error. */
  static int code(RuntimeException e) {
    return find(e, McpError.class)
        .filter(it -> it.getJsonRpcError() != null)
        .map(it -> it.getJsonRpcError().code())
        .orElse(-32603);
  }

  /** Whether the server itself said no; the connection is well then. */
  static boolean isAnswer(RuntimeException e) {
    return find(e, McpError.class).filter(it -> it.getJsonRpcError() != null).isPresent();
  }

  private static <T extends Throwable> Optional<T> find(Throwable e, Class<T> type) {
    Throwable at = e;
    for (int depth = 0; depth < 10; depth++) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
      if (at.getCause() == null) {
        return Optional.empty();
      }
      at = at.getCause();
    }
    return Optional.empty();
  }

  static String tell(Throwable e) {
    Throwable root = e;
    for (int depth = 0; depth < 10 && root.getCause() != null; depth++) {
      root = root.getCause();
    }
    Throwable cause = root;
    return Shortened.of(Objects.requireNonNullElseGet(root.getMessage(), () -> named(cause)));
  }

  /** What says nothing is told by its name: {@code ClosedChannelException}, closed channel. */
  private static String named(Throwable e) {
    return e.getClass()
        .getSimpleName()
        .replaceAll("(Exception|Error)$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
