package io.signalbox.runtime.definition;

import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.definition.Task;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the DSL's {@code call: mcp}. It is a call of the tool that a federated server makes: the
 * transport says which server is meant, and how it is reached, with what credential, is what was
 * federated. So a workflow reaches no server that nobody has put there.
 */
final class McpCall {
  private static final List<String> METHODS =
      List.of("tools/call", "prompts/get", "resources/read");
  private static final List<String> LISTS =
      List.of("tools/list", "prompts/list", "resources/list", "resources/templates/list");

  private McpCall() {}

  static Optional<Task> read(Compilation in, Place task, Names names) {
    Place with = task.at("with");
    if (!with.present()) {
      in.findings.fault(task, "a call of mcp needs 'with'");
      return Optional.empty();
    }
    if (!in.findings.object(with, "'with'")) {
      return Optional.empty();
    }
    in.findings.only(
        with, "a call of mcp", Set.of("protocolVersion", "method", "parameters", "transport"));
    String method = in.findings.requiredText(with, "method", "a call of mcp");
    if (LISTS.contains(method)) {
      in.findings.notBuilt(with.at("method"), "calls of " + method + " are");
    } else if (!method.isEmpty() && !METHODS.contains(method)) {
      in.findings.fault(with.at("method"), "must be one of " + String.join(", ", METHODS));
    }
    transport(in, with);
    in.findings.template(with, names);
    return Optional.of(new Task.Call(CallKind.TOOL, with.node()));
  }

  private static void transport(Compilation in, Place with) {
    Place transport = with.at("transport");
    if (!transport.present() || !transport.node().isObject() || transport.node().size() != 1) {
      in.findings.fault(with, "a call of mcp needs a 'transport' that is either http or stdio");
      return;
    }
    in.findings.only(transport, "a transport", Set.of("http", "stdio"));
    Place http = transport.at("http");
    if (http.present() && in.findings.object(http, "'http'")) {
      in.findings.only(http, "http, whose headers are the federated server's,", Set.of("endpoint"));
      Place endpoint = http.at("endpoint");
      if (endpoint.node().isObject()) {
        in.findings.only(
            endpoint, "an endpoint, whose credential is the federated server's,", Set.of("uri"));
        in.findings.requiredText(endpoint, "uri", "an endpoint");
      } else {
        in.findings.requiredText(http, "endpoint", "a transport over http");
      }
    }
    Place stdio = transport.at("stdio");
    if (stdio.present() && in.findings.object(stdio, "'stdio'")) {
      in.findings.only(
          stdio,
          "stdio, whose environment is the federated server's,",
          Set.of("command", "arguments"));
      in.findings.requiredText(stdio, "command", "a transport over stdio");
    }
  }
}
