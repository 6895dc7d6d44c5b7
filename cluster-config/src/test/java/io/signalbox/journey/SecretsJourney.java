package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.signalbox.journey.Outside.Said;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/**
 * Secrets with values that would be recognised anywhere are used by a workflow, a tool, an agent
 * and a notification, which also answer with them; then everything that is kept or shown is
 * searched.
 */
class SecretsJourney {
  private static final String IN_FILE = "kx9~Wanderfalke/77?mount&42";
  private static final String IN_CONFIGURATION = "qz3+Turmfalke=88!config#17";
  private static final Outside MODEL = open();
  private static final Path MOUNT = mount();

  @RegisterExtension
  static final LiveGateway GATEWAY =
      new LiveGateway(
          """
          signalbox.agents.models.openai { base-url = "%s/v1", api-key = "%s" }
          signalbox.agents.hands {
            secrets { folder = "%s", values { chat-token = "%s", hook = "whsec_%s" } }
          }
          signalbox.runtime.notifications { look-interval = 100 ms, retry-shortest = 100 ms }
          """
              .formatted(
                  MODEL.url(),
                  IN_CONFIGURATION,
                  MOUNT,
                  IN_CONFIGURATION,
                  Base64.getEncoder()
                      .encodeToString(IN_CONFIGURATION.getBytes(StandardCharsets.UTF_8))));

  private final Client client = GATEWAY.client();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  private static Outside open() {
    try {
      return Outside.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As Kubernetes mounts a secret with fields. */
  private static Path mount() {
    try {
      Path folder = Folder.make("mount");
      Files.createDirectory(folder.resolve("service"));
      Files.writeString(folder.resolve("service").resolve("password"), IN_FILE);
      Files.writeString(folder.resolve("service").resolve("username"), "gateway");
      return folder;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void listen() {
    logged.start();
    ((Logger) LoggerFactory.getLogger("ROOT")).addAppender(logged);
  }

  @AfterEach
  void deafen() {
    ((Logger) LoggerFactory.getLogger("ROOT")).detachAppender(logged);
  }

  @AfterAll
  static void close() throws Exception {
    MODEL.close();
    Folder.delete(MOUNT);
  }

  @Test
  void aSecretIsUsedAndNowhereKeptOrShown() throws Exception {
    try (Outside world = Outside.open().on("/", SecretsJourney::echo)) {
      String failing = used(world);
      assertThat(world.received("/use").toString()).contains(IN_FILE);
      assertThat(world.received("/fails").toString()).contains(IN_FILE);
      Map<String, String> shown = new TreeMap<>();
      for (String path :
          List.of(
              "/v1/runs?limit=100",
              "/v1/runs/" + failing,
              "/v1/runs/" + failing + "/history?limit=500",
              "/v1/runs/" + failing + "/trace",
              "/v1/agents/clerk/sessions/s",
              "/v1/audit/export",
              "/v1/notifications",
              "/v1/channels",
              "/metrics")) {
        shown.put("GET " + path, client.get(path).response().body());
      }
      shown.put(
          "prompts", MODEL.received("/v1/chat").stream().map(it -> it.body()).toList().toString());
      List<ILoggingEvent> lines = List.copyOf(logged.list);
      shown.put("log", lines.stream().map(SecretsJourney::line).toList().toString());
      database(shown);
      assertThat(shown).containsKeys("event_journal");
      List<String> found = new ArrayList<>();
      shown.forEach((place, text) -> search(place, text, found));
      assertThat(found).isEmpty();
    }
  }

  /** Answers with all it was sent, and its encodings. */
  private static Said echo(Outside.Received request) {
    String got = request.body() + " " + request.query() + " " + request.headers();
    int status = request.path().equals("/fails") ? 500 : 200;
    return Said.json(
        status,
        io.signalbox.protocol.Json.object()
            .put("ok", true)
            .put("plain", got)
            .put("secret", IN_FILE)
            .put(
                "encoded",
                Base64.getEncoder().encodeToString(IN_FILE.getBytes(StandardCharsets.UTF_8)))
            .toString());
  }

  private String used(Outside world) throws Exception {
    String definition =
        """
        use: {secrets: [service]}
        do:
          - call:
              call: http
              with:
                method: post
                endpoint: %1$s/%2$s
                headers: {X-Key: '${ $secrets.service.password }'}
                query: {key: '${ $secrets.service.password }'}
                body: {password: '${ $secrets.service.password }'}
        """;
    client.deploy("uses", definition.formatted(world.url(), "use"));
    client.deploy("fails", definition.formatted(world.url(), "fails"));
    client.completed(client.start("uses", ""));
    String failing = client.start("fails", "");
    Eventually.get(
        "it comes to rest",
        () -> client.run(failing),
        run ->
            run.path("status").asText().equals("faulted")
                || run.path("waitingFor").findValuesAsText("kind").contains("outcome"));
    client
        .put(
            "/v1/tools/look",
            "{kind: http, description: L, risk: read, config: {url: '%s/look'}}"
                .formatted(world.url()))
        .expect(201);
    MODEL.on("/v1/chat", new GullibleModel().obeys("look around", "look", "{}")::answer);
    client
        .put(
            "/v1/agents/clerk",
            "{role: clerk, instructions: Work., model: openai/gullible, tools: [look]}")
        .expect(201);
    client
        .post("/v1/agents/clerk/sessions/s/messages", "{content: 'Please look around'}")
        .expect(200);
    client
        .put(
            "/v1/channels/hooked",
            """
            kind: webhook
            people: [{principal: 'user:olga', roles: [officer]}]
            config: {url: '%s/hook', secret: hook}
            """
                .formatted(world.url()))
        .expect(201);
    client.deploy(
        "asks",
        "do: [{sign: {call: approval, with: {title: Sign, approvers: ['role:officer'], notify: [hooked]}}}]");
    client.start("asks", "");
    Eventually.get("told", () -> world.received("/hook").size(), it -> it > 0);
    return failing;
  }

  private static String line(ILoggingEvent it) {
    return it.getFormattedMessage()
        + (it.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(it.getThrowableProxy()));
  }

  /** Every column of every table as text, bytes as what they say. */
  private static void database(Map<String, String> shown) throws Exception {
    try (var connection = Chain.open(GATEWAY.database());
        var statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (var rows =
          statement.executeQuery(
              "select table_schema || '.' || table_name from information_schema.tables"
                  + " where table_type = 'BASE TABLE'"
                  + " and table_schema not in ('pg_catalog', 'information_schema')")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      for (String table : tables) {
        StringBuilder text = new StringBuilder();
        try (var rows = statement.executeQuery("select * from " + table)) {
          int columns = rows.getMetaData().getColumnCount();
          while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
              Object value = rows.getObject(i);
              text.append(
                      value instanceof byte[] bytes
                          ? new String(bytes, StandardCharsets.ISO_8859_1)
                          : String.valueOf(value))
                  .append('\n');
            }
          }
        }
        shown.put(table.substring(table.indexOf('.') + 1), text.toString());
      }
    }
  }

  private static void search(String place, String text, List<String> found) {
    for (String secret : List.of(IN_FILE, IN_CONFIGURATION)) {
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      String base64 = Base64.getEncoder().encodeToString(bytes);
      Map<String, String> forms =
          Map.of(
              "as it is", secret,
              // the end of an encoding depends on what follows
              "base64", base64.substring(0, base64.length() - 4),
              "url-safe base64", Base64.getUrlEncoder().encodeToString(bytes).substring(0, 30),
              "hex", HexFormat.of().formatHex(bytes),
              "HEX", HexFormat.of().withUpperCase().formatHex(bytes),
              "url-encoded", URLEncoder.encode(secret, StandardCharsets.UTF_8),
              "as JSON", secret.replace("/", "\\/"),
              "backwards", new StringBuilder(secret).reverse().toString());
      forms.forEach(
          (name, form) -> {
            int at = text.indexOf(form);
            if (at >= 0) {
              found.add(
                  place
                      + " has it "
                      + name
                      + ": …"
                      + text.substring(Math.max(0, at - 120), at).replace('\n', ' '));
            }
          });
    }
  }
}
