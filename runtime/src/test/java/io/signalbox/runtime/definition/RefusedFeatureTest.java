package io.signalbox.runtime.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.Fault;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything the DSL has and the gateway has not is refused, with its place and the reason. */
class RefusedFeatureTest {
  private static final DefinitionReader READER = new DefinitionReader();
  private static final String HEAD =
      "document: {dsl: '1.0.3', namespace: test, name: refused, version: '1.0.0'}\n";

  static Stream<Arguments> features() {
    return Stream.of(
        task(
            "{call: grpc, with: {proto: {endpoint: 'https://h/p'}, service: {name: s, host: h},"
                + " method: m}}",
            "/call",
            "call the service's HTTP interface"),
        task(
            "{call: asyncapi, with: {document: {endpoint: 'https://h/p'}, operation: o, message:"
                + " {}}}",
            "/call",
            "use listen, emit"),
        task(
            "{call: a2a, with: {method: message/send}}", "/call", "calls of a2a are not built yet"),
        task(
            "{call: mcp, with: {method: tools/list, transport: {stdio: {command: node}}}}",
            "/with/method",
            "calls of tools/list are not built yet"),
        task(
            "{call: mcp, with: {method: tools/call, transport: {stdio: {command: node,"
                + " environment: {A: b}}}}}",
            "/with/transport/stdio/environment",
            "whose environment is the federated server's"),
        task("{call: mcp, with: {method: tools/call}}", "/with", "needs a 'transport'"),
        task("{call: crew, with: {crew: c, task: t}}", "/call", "calls of crew are not built yet"),
        task("{call: myFunction}", "/call", "there is no function 'myFunction'"),
        task("{call: 'log:0.1@acme', with: {}}", "/call", "there is no catalog 'acme'"),
        task("{call: 'log:0.1@default'}", "/call", "no default catalog is configured"),
        task("{run: {shell: {command: ls}}}", "/run/shell", "'shell' are not allowed here"),
        task(
            "{run: {script: {language: python, code: 'print(1)'}}}",
            "/run/script",
            "'script:python' are not allowed here"),
        task("{run: {container: {image: alpine}}}", "/run/container", "are not allowed here"),
        task(
            "{run: {workflow: {namespace: a, name: b, version: '1.0.0'}, return: stderr}}",
            "/run/return",
            "has an output and nothing else"),
        task("{listen: {to: {all: []}}}", "/listen/to/all", "needs at least one"),
        task(
            "{listen: {to: {one: {with: {type: t}}, until: .done}}}",
            "/listen/to/until",
            "'until' ends listening to 'any'"),
        task(
            "{set: {a: 1}, input: {schema: {resource: {endpoint: 'https://h/s.json'}}}}",
            "/input/schema/resource",
            "at none of the configured locations"),
        task(
            "{set: {a: 1}, output: {schema: {format: avro, document: {type: object}}}}",
            "/output/schema/format",
            "must be json"),
        task(
            "{set: {a: 1}, export: {schema: {document: {type: nothing}}}}",
            "/export/schema/document",
            "is not a usable JSON Schema"),
        task(
            "{set: {a: 1}, output: {schema: {document: {$ref: '#'}}}}",
            "/output/schema/document",
            "refers to itself without end"),
        task(
            "{set: {a: 1}, output: {schema: {document: {$ref: 'http://127.0.0.1:9/s.json'}}}}",
            "/output/schema/document",
            "is not a usable JSON Schema"),
        task(
            "{call: http, with: {method: get, endpoint: {uri: 'https://h/', authentication:"
                + " {oauth2: {authority: 'https://a/', grant: authorization_code, client: {id: i,"
                + " secret: s}}}}}}",
            "/with/endpoint/authentication/oauth2/grant",
            "needs a person at a browser"),
        task(
            "{call: http, with: {method: get, endpoint: {uri: 'https://h/', authentication:"
                + " {certificate: {}}}}}",
            "/with/endpoint/authentication/certificate",
            "not built"),
        task(
            "{try: [{a: {set: {b: 1}}}], catch: {retry: {backoff: {exponential: {power: 2}}}}}",
            "/catch/retry/backoff/exponential/power",
            "has no property 'power'"),
        task(
            "{try: [{a: {set: {b: 1}}}], catch: {retry: {backoff: {exponential: {factor: 0}}}}}",
            "/catch/retry/backoff/exponential/factor",
            "must be a number from 1 to 100"),
        task(
            "{try: [{a: {set: {b: 1}}}], catch: {retry: {jitter: {from: PT2S, to: PT1S}}}}",
            "/catch/retry/jitter/to",
            "must not be shorter than 'from'"),
        head("use: {functions: {f: {call: f}}}", "/use/functions/f/call", "'f' calls itself"),
        head("use: {catalogs: {c: {}}}", "/use/catalogs/c", "a catalog needs 'endpoint'"),
        head(
            "use: {extensions: [{e: {extend: all}}]}",
            "/use/extensions/0/e",
            "needs 'before' or 'after'"),
        head(
            "use: {extensions: [{e: {extend: extension, after: [{a: {set: {b: 1}}}]}}]}",
            "/use/extensions/0/e/extend",
            "must be one of all, call"),
        head(
            "evaluate: {language: js}", "/evaluate/language", "JavaScript among them, are refused"),
        head("evaluate: {mode: sloppy}", "/evaluate/mode", "must be strict or loose"),
        head("input: {from: $context.a}", "/input/from", "there is no variable $context here"),
        head("schedule: {cron: 'at noon'}", "/schedule/cron", "is no Unix cron expression"),
        head("schedule: {cron: '0 0 31 2 *'}", "/schedule/cron", "it never comes true"),
        head("schedule: {every: PT0.1S}", "/schedule/every", "of one second or more"),
        head("schedule: {after: {parsecs: 1}}", "/schedule/after", "must be a duration"),
        head(
            "schedule: {on: {any: [{with: {type: t}}], until: .done}}",
            "/schedule/on/until",
            "not built yet"),
        head(
            "schedule: {on: {all: [{with: {type: t}, correlate: {a: {from: .x}}}, {with: {type: u}}]}}",
            "/schedule/on/all",
            "the same correlations"));
  }

  @ParameterizedTest(name = "{1}: {2}")
  @MethodSource("features")
  void isRefusedWithOneClearFault(String definition, String pointer, String message) {
    List<Fault> faults = ((Reading.Faulty) READER.read(definition)).faults();
    assertThat(faults)
        .as("%s", faults)
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.pointer()).isEqualTo(pointer);
              assertThat(fault.message()).contains(message);
            });
  }

  private static Arguments task(String task, String pointer, String message) {
    return Arguments.of(HEAD + "do:\n  - it: " + task + "\n", "/do/0/it" + pointer, message);
  }

  private static Arguments head(String part, String pointer, String message) {
    return Arguments.of(HEAD + part + "\ndo:\n  - it: {set: {a: 1}}\n", pointer, message);
  }
}
