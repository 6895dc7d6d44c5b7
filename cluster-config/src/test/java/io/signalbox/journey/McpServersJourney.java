package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Servers that other people wrote, over stdio and streamable HTTP: their tools are the gateway's,
 * for workflows, agents and clients of the protocol alike, and a server that dies is back by
 * itself.
 */
class McpServersJourney {
  @RegisterExtension
  static final LiveGateway GATEWAY =
      new LiveGateway(
          """
          signalbox.agents.hands.mcp { stdio.enabled = true, watch = 1s, retry-longest = 2s }
          """);

  private static final String EVERYTHING = "@modelcontextprotocol/server-everything/dist/index.js";
  private static Path folder = Path.of("");
  private static int port;
  private static Process everything;

  private final Client client = GATEWAY.client();

  @BeforeAll
  static void federate() throws Exception {
    folder = Files.createTempDirectory("mcp-files").toRealPath();
    Files.writeString(folder.resolve("note.txt"), "The cat sat on the mat.");
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    everything = remote();
    stdio("local", EVERYTHING, "stdio", "{}");
    stdio(
        "files", "@modelcontextprotocol/server-filesystem/dist/index.js", folder.toString(), "{}");
    stdio(
        "memory",
        "@modelcontextprotocol/server-memory/dist/index.js",
        "",
        "{MEMORY_FILE_PATH: '%s'}".formatted(folder.resolve("memory.jsonl")));
    put("remote", "{transport: http, url: 'http://127.0.0.1:%d/mcp'}".formatted(port));
    for (String name : List.of("local", "files", "memory", "remote")) {
      healthy(name);
    }
  }

  @AfterAll
  static void leave() {
    everything.destroyForcibly();
  }

  private static Process remote() throws Exception {
    return Node.started(Map.of("PORT", "" + port), Node.of(EVERYTHING), "streamableHttp");
  }

  private static void stdio(String name, String program, String argument, String environment)
      throws Exception {
    String more = argument.isEmpty() ? "" : ", '" + argument + "'";
    put(
        name,
        "{transport: stdio, command: '%s', args: ['%s'%s], env: %s}"
            .formatted(Node.program(), Node.of(program), more, environment));
  }

  private static void put(String name, String definition) throws Exception {
    GATEWAY.client().put("/v1/mcp-servers/" + name, definition).expect(200);
  }

  private static JsonNode healthy(String name) throws Exception {
    return Eventually.get(
        name + " is up",
        () -> GATEWAY.client().get("/v1/mcp-servers/" + name).expect(200).json(),
        it -> it.path("health").asText().equals("up"));
  }

  @Test
  void everyServerHasItsOwnNameSpace() throws Exception {
    List<String> names =
        client
            .get("/v1/tools?limit=500")
            .json()
            .path("items")
            .valueStream()
            .map(it -> it.path("name").asText())
            .toList();
    assertThat(names)
        .contains("local.echo", "remote.echo", "files.read_text_file", "memory.create_entities")
        .doesNotHaveDuplicates();
    JsonNode wrong =
        client.post("/v1/tools/local.echo/call", "{arguments: {message: 7}}").problem(422);
    assertThat(wrong.toString()).contains("message");
  }

  @Test
  void aWorkflowCallsThem() throws Exception {
    client.deploy(
        "remembers",
        """
        do:
          - note:
              call: tool
              with: {tool: files.read_text_file, arguments: {path: '%s/note.txt'}}
              output: {as: '${ .content[0].text }'}
          - keep:
              call: tool
              with:
                tool: memory.create_entities
                arguments:
                  entities: [{name: cat, entityType: animal, observations: ['${ . }']}]
          - graph:
              call: tool
              with: {tool: memory.read_graph, arguments: {}}
              output: {as: '${ .content[0].text }'}
        """
            .formatted(folder));
    JsonNode run = client.completed(client.start("remembers", ""));
    assertThat(run.path("output").asText()).contains("The cat sat on the mat.");
    assertThat(Files.readString(folder.resolve("memory.jsonl"))).contains("The cat sat");
    assertThat(client.types(run.path("id").asText())).contains("tool.called", "tool.returned");
  }

  @Test
  void aWorkflowCallsThemInTheStandardsOwnWords() throws Exception {
    client.deploy(
        "standard",
        """
        do:
          - sum:
              call: mcp
              with:
                method: tools/call
                parameters: {name: get-sum, arguments: {a: 40, b: 2}}
                transport: {http: {endpoint: 'http://127.0.0.1:%d/mcp'}}
              export: {as: '${ {sum: .content[0].text} }'}
          - prompt:
              call: mcp
              with:
                method: prompts/get
                parameters: {name: simple-prompt}
                transport: {stdio: {command: '%s', arguments: ['%s', stdio]}}
              output: {as: '${ {sum: $context.sum, prompt: .messages[0].content.text} }'}
        """
            .formatted(port, Node.program(), Node.of(EVERYTHING)));
    JsonNode run = client.completed(client.start("standard", ""));
    assertThat(run.at("/output/sum").asText()).contains("42");
    assertThat(run.at("/output/prompt").asText()).isNotEmpty();
    assertThat(
            client.history(run.path("id").asText()).stream()
                .filter(it -> it.path("type").asText().equals("tool.called"))
                .map(it -> it.at("/data/target").asText()))
        .containsExactly("remote.get-sum", "local.get-prompt");
    client.deploy(
        "elsewhere",
        "do: [{ask: {call: mcp, with: {method: tools/call, parameters: {name: echo},"
            + " transport: {http: {endpoint: 'http://127.0.0.1:9/mcp'}}}}}]");
    JsonNode no = client.ended(client.start("elsewhere", ""));
    assertThat(no.at("/error/status").asInt()).as(no.toString()).isEqualTo(404);
    assertThat(no.toString()).contains("no federated server");
  }

  @Test
  void anAgentCallsThemAndIsRefusedTheRest() throws Exception {
    client
        .put(
            "/v1/agents/adder",
            """
            role: adder
            instructions: Add.
            model: scripted/adder
            tools: [local.get-sum]
            script:
              - {tool: local.get-sum, arguments: {a: 2, b: 40}}
              - {tool: remote.get-sum, arguments: {a: 2, b: 40}}
              - {reply: done}
            """)
        .expect(201);
    JsonNode answer =
        client
            .post("/v1/agents/adder/sessions/s1/messages", "{content: 'Add.'}")
            .expect(200)
            .json();
    List<JsonNode> history = client.history(answer.path("run").asText());
    assertThat(history.toString()).contains("42");
    assertThat(
            history.stream()
                .filter(it -> it.path("type").asText().equals("tool.refused"))
                .map(it -> it.at("/data/tool").asText()))
        .containsExactly("remote.get-sum");
  }

  @Test
  void theInspectorListsAndCallsToolsPromptsAndResources() throws Exception {
    JsonNode tools = inspect("tools/list");
    assertThat(tools.findValuesAsText("name")).contains("remote.echo", "files.list_directory");
    JsonNode sum =
        inspect("tools/call", "--tool-name", "remote.get-sum", "--tool-arg", "a=40", "b=2");
    assertThat(sum.at("/content/0/text").asText()).contains("42");
    JsonNode prompts = inspect("prompts/list");
    assertThat(prompts.findValuesAsText("name")).contains("local.simple-prompt");
    JsonNode prompt = inspect("prompts/get", "--prompt-name", "local.simple-prompt");
    assertThat(prompt.at("/messages/0/content/text").asText()).isNotEmpty();
    String uri = inspect("resources/list").at("/resources/0/uri").asText();
    assertThat(uri).containsPattern("^(local|remote)\\+");
    JsonNode read = inspect("resources/read", "--uri", uri);
    assertThat(read.at("/contents/0/uri").asText()).isEqualTo(uri);
  }

  private JsonNode inspect(String method, String... more) throws Exception {
    List<String> line = new ArrayList<>();
    line.addAll(
        List.of(
            Node.of("@modelcontextprotocol/inspector/cli/build/cli.js"),
            "--cli",
            client.gateway() + "/mcp",
            "--header",
            "Authorization: Bearer " + client.key(),
            "--method",
            method));
    line.addAll(List.of(more));
    Node.Ended ended = Node.run(Map.of(), line.toArray(String[]::new));
    assertThat(ended.code()).as(ended.output()).isZero();
    return Json.MAPPER.readTree(ended.output().substring(ended.output().indexOf("\n{") + 1));
  }

  @Test
  void aProcessThatIsKilledIsStartedAgain() throws Exception {
    assertThat(text("memory.read_graph", "{}")).contains("entities");
    ProcessHandle old = process("server-memory");
    old.destroyForcibly();
    Eventually.get("it is dead", old::isAlive, alive -> !alive);
    JsonNode back =
        Eventually.get(
                "the server answers again",
                () -> client.post("/v1/tools/memory.read_graph/call", "{arguments: {}}"),
                reply -> reply.status() == 200)
            .json();
    assertThat(back.toString()).contains("entities");
    assertThat(process("server-memory").pid()).isNotEqualTo(old.pid());
  }

  private static ProcessHandle process(String program) {
    return ProcessHandle.current()
        .descendants()
        .filter(it -> it.info().commandLine().orElse("").contains(program))
        .filter(ProcessHandle::isAlive)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aServerThatWasAwayIsBack() throws Exception {
    assertThat(text("remote.echo", "{message: before}")).contains("before");
    everything.destroyForcibly().waitFor();
    JsonNode down =
        Eventually.get(
            "the server is down",
            () -> client.get("/v1/mcp-servers/remote").expect(200).json(),
            it -> it.path("health").asText().equals("down"));
    assertThat(down.path("trouble").asText()).contains("'remote'");
    client.post("/v1/tools/remote.echo/call", "{arguments: {message: gone}}").problem(502);
    everything = remote();
    healthy("remote");
    assertThat(text("remote.echo", "{message: after}")).contains("after");
  }

  private String text(String tool, String arguments) throws Exception {
    return client
        .post("/v1/tools/" + tool + "/call", "{arguments: " + arguments + "}")
        .expect(200)
        .response()
        .body();
  }
}
