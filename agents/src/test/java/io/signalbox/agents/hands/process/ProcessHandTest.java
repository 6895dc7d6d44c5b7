package io.signalbox.agents.hands.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessHandTest {
  private static final String ALL =
      "shell.enabled = true, python.enabled = true, js.enabled = true, network = true,"
          + " path = \"%s\"".formatted(System.getenv("PATH"));

  @TempDir Path folder;

  static ProcessSettings settings(String overrides) {
    return ProcessSettings.from(
        ConfigFactory.parseString("signalbox.agents.hands.processes { " + overrides + " }")
            .withFallback(ConfigFactory.parseResources("hands.conf"))
            .resolve()
            .getConfig("signalbox.agents.hands.processes"));
  }

  static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome run(String overrides, String with) {
    return run(overrides, with, Duration.ofSeconds(30));
  }

  private Outcome run(String overrides, String with, Duration time) {
    ProcessSettings settings = settings(overrides + ", folder = \"" + folder + "\"");
    Perform order =
        new Perform(
            new RunId("default", "r1"),
            "r1-2",
            1,
            Perform.Mode.SEND,
            CallKind.PROCESS,
            json(with),
            Optional.empty(),
            Instant.now().plus(time).plusSeconds(5));
    try {
      return new ProcessHand(settings, InstantSource.system()).send(order);
    } catch (Setback e) {
      return e.outcome();
    }
  }

  private static JsonNode result(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded ok -> ok.result();
      case Outcome.Failed no -> throw new AssertionError(no.toString());
      case Outcome.Unknown no -> throw new AssertionError(no.toString());
      case Outcome.Absent no -> throw new AssertionError(no.toString());
    };
  }

  private static String failure(Outcome outcome) {
    return outcome instanceof Outcome.Failed no
        ? no.kind() + " " + no.status() + " " + no.detail()
        : "not failed: " + outcome;
  }

  @Test
  void nothingIsAllowedUnlessEnabled() {
    assertThat(settings("").kinds()).isEmpty();
    assertThat(settings(ALL).kinds()).containsExactly("script:js", "script:python", "shell");
    assertThat(failure(run("network = false", "{\"process\":\"shell\",\"command\":\"true\"}")))
        .startsWith("authorization 403");
  }

  @Test
  void aCommandReadsItsInputAndArgumentsAndNothingOfOurEnvironment() {
    JsonNode all =
        result(
            run(
                ALL,
                """
                {"process":"shell","return":"all","stdin":"from stdin",
                 "command":"cat; echo; echo $GREETING; env | cut -d= -f1 | sort | tr '\\\\n' ' '; printf '%s,'",
                 "arguments":{"plain":null,"--user":"ada; rm -rf /"},
                 "environment":{"GREETING":"hello"}}
                """));
    assertThat(all.path("code").asInt()).isZero();
    assertThat(all.path("stdout").asText())
        .startsWith("from stdin\nhello\nGREETING HOME LANG PATH")
        .endsWith("plain,--user=ada; rm -rf /,")
        .doesNotContain("JAVA", "USER ");
  }

  @Test
  void whatIsReturnedIsChosen() {
    String with =
        "{\"process\":\"shell\",\"command\":\"echo out; echo err >&2\",\"return\":\"%s\"}";
    assertThat(result(run(ALL, with.formatted("stdout"))).asText()).isEqualTo("out");
    assertThat(result(run(ALL, with.formatted("stderr"))).asText()).isEqualTo("err");
    assertThat(result(run(ALL, with.formatted("code"))).asInt()).isZero();
    assertThat(result(run(ALL, with.formatted("none"))).isNull()).isTrue();
  }

  @Test
  void aCommandThatFailsIsAnErrorUnlessItsCodeWasAskedFor() {
    String with = "{\"process\":\"shell\",\"command\":\"echo why >&2; exit 3\",\"return\":\"%s\"}";
    assertThat(failure(run(ALL, with.formatted("stdout"))))
        .isEqualTo("runtime 500 the process ended with 3: why");
    assertThat(result(run(ALL, with.formatted("code"))).asInt()).isEqualTo(3);
    assertThat(result(run(ALL, with.formatted("all"))).path("stderr").asText()).isEqualTo("why");
  }

  @Test
  void aProcessIsKilledWithAllItStartedWhenItsTimeIsOver() throws IOException {
    Path pid = Files.createTempFile("pid", ".txt");
    String with =
        "{\"process\":\"shell\",\"command\":\"sleep 300 & echo $! > %s; sleep 300\"}"
            .formatted(pid);
    assertThat(failure(run(ALL, with, Duration.ofSeconds(2)))).startsWith("timeout 408");
    gone(pid);
  }

  @Test
  void whatAProcessLeavesBehindIsKilledToo() throws IOException {
    Path pid = Files.createTempFile("pid", ".txt");
    String with =
        "{\"process\":\"shell\",\"command\":\"sleep 300 & echo $! > %s; echo done\"}"
            .formatted(pid);
    assertThat(result(run(ALL, with)).asText()).isEqualTo("done");
    gone(pid);
  }

  private static void gone(Path file) throws IOException {
    long pid = Long.parseLong(Files.readString(file).strip());
    Files.delete(file);
    Optional<ProcessHandle> left =
        ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            // one that nobody waits for stays as a zombie, which runs nothing
            .filter(it -> it.info().commandLine().isPresent());
    assertThat(left).isEmpty();
  }

  @Test
  void aProcessThatPutsOutTooMuchIsKilled() {
    assertThat(
            failure(
                run(ALL + ", limits.output = 1000", "{\"process\":\"shell\",\"command\":\"yes\"}")))
        .contains("it put out too much");
  }

  @Test
  void limitsOfMemoryAndFilesHold() {
    String eat = "{\"process\":\"script:python\",\"code\":\"x = bytearray(900 * 1024 * 1024)\"}";
    assertThat(failure(run(ALL + ", limits.memory = 400 MiB", eat))).contains("MemoryError");
    String write =
        "{\"process\":\"shell\",\"command\":\"head -c 100000 /dev/zero > file; wc -c < file\"}";
    assertThat(result(run(ALL + ", limits.file-size = 50000", write)).asText()).isEqualTo("50000");
  }

  @Test
  void aScriptSeesItsArgumentsAsVariables() {
    String python =
        """
        {"process":"script:python","code":"import sys\\nprint(greeting + ', ' + names[1])\\nprint(sys.stdin.read())",
         "arguments":{"greeting":"hello","names":["ada","bob"]},"stdin":"in"}
        """;
    assertThat(result(run(ALL, python)).asText()).isEqualTo("hello, bob\nin");
    String js =
        """
        {"process":"script:js","code":"console.log(greeting.toUpperCase())",
         "arguments":{"greeting":"hello"}}
        """;
    assertThat(result(run(ALL, js)).asText()).isEqualTo("HELLO");
  }

  @Test
  void itsFolderGoesWithIt() throws IOException {
    assertThat(
            result(
                    run(
                        ALL,
                        "{\"process\":\"shell\",\"command\":\"mkdir -p a/b; touch a/b/c; pwd\"}"))
                .asText())
        .startsWith(folder.toString());
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void itBecomesAnotherUserWhereTheGatewayIsRoot() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    JsonNode told =
        result(
            run(
                ALL + ", user = \"65534:65534\", folder = \"/tmp\"",
                "{\"process\":\"shell\",\"command\":\"id -u; touch mine && echo fine\"}"));
    assertThat(told.asText()).isEqualTo("65534\nfine");
  }

  @Test
  void aSandboxThatDoesNotWorkIsNoAnswerOfTheCommand() {
    String broken = ALL + ", path = \"/nowhere\"";
    assertThat(
            failure(
                run(broken, "{\"process\":\"shell\",\"command\":\"true\",\"return\":\"code\"}")))
        .startsWith("runtime 500");
  }

  @Test
  void limitsAreOnTheCommandLine() {
    List<String> line =
        Bounds.around(
            settings("network = false, user = \"7:8\""), Launch.Limits.ALL, List.of("a", "b"));
    assertThat(line)
        .startsWith("setsid", "unshare", "--net", "prlimit", "--as=1073741824", "--cpu=30")
        .contains("--no-new-privs", "--reuid=7", "--regid=8", "--nproc=256")
        .endsWith("--", "a", "b");
    assertThat(Bounds.around(settings(""), Launch.Limits.ALL_BUT_MEMORY, List.of("a")))
        .contains("--map-root-user")
        .noneMatch(it -> it.startsWith("--as") || it.startsWith("--nproc"));
  }

  @Test
  void aContainersCommandLine() throws Setback {
    ProcessSettings settings =
        settings("container { enabled = true, volumes = [\"/srv/data\"], ports = true }");
    Launch launch =
        Launches.of(
            settings,
            "r1-2",
            json(
                """
                {"process":"container","image":"alpine:3","command":"ls $1","arguments":{"/x":null},
                 "environment":{"A":"b c"},"volumes":{"/srv/data/in":"/in:ro"},
                 "ports":{"8080":80},"stdin":"x"}
                """));
    assertThat(String.join(" ", launch.command()))
        .isEqualTo(
            "docker run --rm --name signalbox-r1-2 --label signalbox.key=r1-2 --network none"
                + " --memory 512m --cpus 1 --pids-limit 64 --cap-drop ALL --security-opt"
                + " no-new-privileges --interactive --env A=b c --volume /srv/data/in:/in:ro"
                + " --publish 127.0.0.1:8080:80 alpine:3 sh -c ls $1 \"$@\" sh /x");
    assertThat(launch.after()).containsExactly("docker", "kill", "signalbox-r1-2");
  }

  @Test
  void containersMountAndOpenOnlyWhatIsAllowed() {
    String enabled = "container.enabled = true";
    for (String with :
        List.of(
            "{\"process\":\"container\",\"image\":\"a\",\"volumes\":{\"/srv/../etc\":\"/x\"}}",
            "{\"process\":\"container\",\"image\":\"a\",\"ports\":{\"1\":1}}")) {
      assertThat(failure(run(enabled, with))).startsWith("authorization 403");
    }
    assertThat(failure(run(enabled, "{\"process\":\"container\",\"image\":\"--privileged\"}")))
        .startsWith("validation 422");
  }
}
