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
        task("{call: mcp, with: {}}", "/call", "calls of mcp are not built yet"),
        task("{call: crew, with: {crew: c, task: t}}", "/call", "calls of crew are not built yet"),
        task("{call: myFunction}", "/call", "there is no function 'myFunction'"),
        task("{call: 'log:0.1@acme', with: {}}", "/call", "there is no function 'log:0.1@acme'"),
        task("{run: {shell: {command: ls}}}", "/run", "'run' tasks are not built yet"),
        task(
            "{run: {workflow: {namespace: a, name: b, version: '1.0.0'}}}",
            "/run",
            "'run' tasks are not built yet"),
        task("{listen: {to: {any: [{with: {type: t}}]}}}", "/listen/to/any", "not built yet"),
        task("{listen: {to: {all: [{with: {type: t}}]}}}", "/listen/to/all", "not built yet"),
        task("{listen: {to: {any: [], until: .done}}}", "/listen/to/any", "not built yet"),
        task(
            "{listen: {to: {one: {with: {type: t}}}}, foreach: {item: i}}",
            "/foreach",
            "not built yet"),
        task(
            "{listen: {to: {one: {with: {type: t}, correlate: {id: {from: .id}}}}}}",
            "/listen/to/one/correlate",
            "not built yet"),
        task(
            "{set: {a: 1}, input: {schema: {document: {type: object}}}}",
            "/input/schema",
            "not built yet"),
        task(
            "{set: {a: 1}, output: {schema: {document: {type: object}}}}",
            "/output/schema",
            "not built yet"),
        task(
            "{set: {a: 1}, export: {schema: {document: {type: object}}}}",
            "/export/schema",
            "not built yet"),
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
            "{try: [{a: {set: {b: 1}}}], catch: {retry: {limit: {attempt: {count: 1, duration:"
                + " PT1S}}}}}",
            "/catch/retry/limit/attempt/duration",
            "not built yet"),
        task(
            "{try: [{a: {set: {b: 1}}}], catch: {retry: {backoff: {exponential: {factor: 2}}}}}",
            "/catch/retry/backoff/exponential",
            "not built yet"),
        head(
            "use: {functions: {f: {set: {a: 1}}}}",
            "/use/functions",
            "reusable functions are not built yet"),
        head("use: {extensions: [{e: {extend: all}}]}", "/use/extensions", "not built yet"),
        head("use: {catalogs: {c: {endpoint: 'https://h/'}}}", "/use/catalogs", "not built yet"),
        head(
            "schedule: {cron: '0 0 * * *'}",
            "/schedule/cron",
            "schedules by 'cron' are not built yet"),
        head("schedule: {every: PT1H}", "/schedule/every", "not built yet"),
        head("schedule: {after: {hours: 1}}", "/schedule/after", "not built yet"),
        head("schedule: {on: {any: [{with: {type: t}}]}}", "/schedule/on/any", "not built yet"),
        head("input: {schema: {document: {type: object}}}", "/input/schema", "not built yet"),
        head("output: {schema: {document: {type: object}}}", "/output/schema", "not built yet"));
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
