package io.signalbox.runtime.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.definition.CallKind;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.definition.Flow;
import io.signalbox.protocol.definition.Retry;
import io.signalbox.protocol.definition.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefinitionReaderTest {
  private static final DefinitionReader READER = new DefinitionReader();
  private static final String HEAD =
      "document: {dsl: '1.0.3', namespace: test, name: it, version: '1.0.0'}\n";

  @Test
  void everyKindOfTaskIsReadWithItsPointer() throws IOException {
    Definition definition = valid(resource("every-kind.yaml"));
    assertThat(definition.steps().keySet())
        .contains(
            "/do/0/prepare",
            "/do/1/loop",
            "/do/1/loop/do/0/each",
            "/do/2/both/fork/branches/0/left",
            "/do/2/both/fork/branches/1/right/do/0/inner",
            "/do/3/careful/try/0/fetch",
            "/do/3/careful/catch/do/0/note");
    assertThat(definition.root().list()).hasSize(11);
    Task.Try careful = (Task.Try) definition.root().list().get(3).task();
    Retry retry = careful.caught().retry().orElseThrow();
    assertThat(retry.backoff()).isEqualTo(Retry.Backoff.EXPONENTIAL);
    assertThat(retry.maxAttempts()).hasValue(3);
    assertThat(careful.caught().as()).isEqualTo("err");
    Task.Call fetch = (Task.Call) careful.body().list().getFirst().task();
    assertThat(fetch.kind()).isEqualTo(CallKind.HTTP);
    assertThat(fetch.with().at("/endpoint/authentication/bearer/token").asText())
        .isEqualTo("${ .token }");
    assertThat(definition.root().named("choose").orElseThrow().then())
        .isEqualTo(new Flow.Continue());
    assertThat(DefinitionReader.scheduledOn(definition).orElseThrow().filters().getFirst().with())
        .containsKey("type");
    assertThat(definition.digest()).startsWith("sha256:").hasSize(71);
    assertThat(READER.readAgain(definition.source())).isEqualTo(new Reading.Valid(definition));
  }

  @Test
  void theDigestIsThatOfTheContentNotOfItsLayout() throws IOException {
    Definition yaml = valid(resource("every-kind.yaml"));
    Definition json = valid(yaml.source().toPrettyString());
    assertThat(json.digest()).isEqualTo(yaml.digest());
    ObjectNode other = yaml.source().deepCopy();
    ((ObjectNode) other.path("document")).put("title", "another");
    assertThat(valid(other.toString()).digest()).isNotEqualTo(yaml.digest());
  }

  @Test
  void everyFaultIsToldAtOnceWithItsPlace() throws IOException {
    List<Fault> faults = faults(resource("many-faults.yaml"));
    assertThat(faults.stream().map(Fault::pointer).toList())
        .containsExactlyInAnyOrder(
            "/document",
            "/document/name",
            "/outptu",
            "/timeout",
            "/do/0/first/set/a",
            "/do/0/first/then",
            "/do/1/first",
            "/do/2/loop/for/each",
            "/do/2/loop/do/0/inner/set/b",
            "/do/3/odd",
            "/do/4/two/call",
            "/do/5/wait/wait",
            "/do/6/fetch/with",
            "/do/6/fetch/with/endpoint/uri",
            "/do/6/fetch/with/headers/x-count",
            "/do/7/ask/with",
            "/do/7/ask/with/approvers/0",
            "/do/7/ask/with/quorum",
            "/do/8/raise/raise/error",
            "/do/9/careful/catch/errors/with/status",
            "/do/9/careful/catch/retry",
            "/do/10/pick/switch/0/red",
            "/do/10/pick/switch/1/blue/then",
            "/do/11/shout/emit/event/with",
            "/do/12/tool/with/message",
            "/do/12/tool/with",
            "/do/13/if/if");
  }

  @Test
  void aFaultSaysWhatToDo() {
    assertThat(faults(HEAD + "do: [{a: {set: {x: 1}, then: b}}, {c: {set: {x: 1}}}]"))
        .containsExactly(
            new Fault(
                "/do/0/a/then",
                "there is no task 'b' in this list; 'then' may be continue, exit, end or one of a,"
                    + " c"));
    assertThat(faults(HEAD + "do: [{a: {set: {x: '${ $foo }'}}}]"))
        .singleElement()
        .satisfies(fault -> assertThat(fault.message()).contains("there is no variable $foo here"));
    assertThat(faults(HEAD + "do: [{a: {sett: {x: 1}}}]"))
        .singleElement()
        .satisfies(fault -> assertThat(fault.message()).contains("is no task"));
  }

  @Test
  void valuesOfTheWrongShapeAreToldPlainly() {
    one("{emit: {event: {with: {source: here, type: t}}}}", "/emit/event/with/source", "a URI");
    one(
        "{emit: {event: {with: {source: 'https://h', type: t, time: yesterday}}}}",
        "/emit/event/with/time",
        "must be a time");
    one("{listen: {to: {one: {with: {source: here}}}}}", "/listen/to/one/with/source", "a URI");
    one("{raise: {error: {type: broken, status: 500}}}", "/raise/error/type", "a URI");
    one("{wait: P1Y}", "/wait", "must be a duration");
    one("{wait: {seconds: 1.5}}", "/wait", "must be a duration");
    one("{set: {a: '${ .x'}}", "/set/a", "does not end with }");
    one("{set: {a: 1}, if: true}", "/if", "must be a text");
    one("{set: {a: 1}, metadata: x}", "/metadata", "string found, object expected");
    one("{set: {a: 1}, then: [a]}", "/then", "must be a text");
    one("{set: {}}", "/set", "at least one property");
    one("{try: [{a: {set: {b: 1}}}]}", "", "needs 'catch'");
    one("{for: {each: x}, do: [{a: {set: {b: 1}}}]}", "/for", "needs 'in'");
    one("{fork: {}}", "/fork", "needs 'branches'");
    one("{call: http}", "", "needs 'with'");
    one("{call: agent, with: {agent: a b, message: hi}}", "/with/agent", "must be a name");
    one(
        "{listen: {to: {one: {with: {type: t}, correlate: {id: {from: $input}}}}}}",
        "/listen/to/one/correlate/id/from",
        "$input");
    one("{listen: {to: {any: [{}]}}}", "/listen/to/any/0", "at least one attribute");
    one(
        "{listen: {to: {any: [], until: {any: [], until: .x}}}}",
        "/listen/to/until/until",
        "no 'until' of its own");
    one("{listen: {to: {any: []}}, foreach: {item: context}}", "/foreach/item", "is there already");
  }

  private static void one(String task, String pointer, String message) {
    assertThat(faults(HEAD + "do: [{it: " + task + "}]"))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.pointer()).isEqualTo("/do/0/it" + pointer);
              assertThat(fault.message()).contains(message);
            });
  }

  @Test
  void variablesAreKnownWhereTheyAreBound() {
    String loop =
        "{for: {each: pet, in: .pets}, while: '$pet.ok', do: [{b: {set: {x: '${ $pet }'}}}]}";
    valid(HEAD + "do: [{a: " + loop + "}]");
    assertThat(faults(HEAD + "do: [{a: " + loop + "}, {c: {set: {x: '${ $pet }'}}}]"))
        .singleElement()
        .satisfies(fault -> assertThat(fault.pointer()).isEqualTo("/do/1/c/set/x"));
    assertThat(faults(HEAD + "do: [{a: {set: {x: '${ $output }'}, output: {as: '$output'}}}]"))
        .singleElement()
        .satisfies(fault -> assertThat(fault.pointer()).isEqualTo("/do/0/a/set/x"));
    assertThat(faults(HEAD + "do: [{a: " + loop.replace("each: pet", "each: input") + "}]"))
        .extracting(Fault::pointer)
        .contains("/do/0/a/for/each");
    valid(HEAD + "do: [{a: {try: [{b: {set: {x: 1}}}], catch: {when: '$error.status == 404'}}}]");
    assertThat(faults(HEAD + "do: [{a: {set: {x: '${ $error }'}}}]")).hasSize(1);
  }

  @Test
  void namesWithSlashesAreEscapedInPointers() {
    Definition definition = valid(HEAD + "do: [{'a/b~c': {set: {x: 1}}}]");
    assertThat(definition.steps()).containsOnlyKeys("/do/0/a~1b~0c");
  }

  @Test
  void nestingAndNumberOfTasksAreBounded() {
    String deep = "{set: {x: 1}}";
    for (int i = 0; i < 15; i++) {
      deep = "{do: [{n: " + deep + "}]}";
    }
    valid(HEAD + "do: [{n: " + deep + "}]");
    assertThat(faults(HEAD + "do: [{n: {do: [{n: " + deep + "}]}}]"))
        .singleElement()
        .satisfies(fault -> assertThat(fault.message()).contains("nested deeper than 16"));
    StringBuilder many = new StringBuilder(HEAD + "do:\n");
    for (int i = 0; i <= DefinitionLimits.STANDARD.tasks(); i++) {
      many.append("  - t").append(i).append(": {set: {x: 1}}\n");
    }
    assertThat(faults(many.toString()))
        .singleElement()
        .satisfies(fault -> assertThat(fault.message()).contains("more than 10000 tasks"));
  }

  @Test
  void textThatCannotBeReadIsOneFault() {
    unreadable("", "is empty");
    unreadable("# only a comment", "is empty");
    unreadable("just a text", "must be an object");
    unreadable("a: [1", "is not valid YAML");
    unreadable("a: 1\n---\nb: 2", "is not valid YAML");
    unreadable("{\"a\": }", "is not valid JSON");
    unreadable("{\"a\": 1, \"a\": 2}", "is not valid JSON");
    unreadable("a: 1\na: 2", "is there twice (again in line 2)");
    unreadable("a: &x [*x]", "contains it");
    unreadable("a: {<<: {b: 1}}", "merge keys");
    unreadable("[".repeat(5000), "is not valid YAML");
    unreadable("{\"a\":".repeat(5000), "is not valid JSON");
    unreadable("a: '" + "x".repeat(DefinitionLimits.STANDARD.bytes()) + "'", "larger than");
  }

  @Test
  void aliasesAreWrittenOutButNotWithoutEnd() {
    Definition definition = valid(HEAD + "do: [{a: {set: &s {x: on}}}, {b: {set: *s}}]");
    assertThat(definition.source().at("/do/1/b/set/x").asText()).isEqualTo("on");
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
    }
    unreadable(bomb.toString(), "more than 100000 nodes");
  }

  @Test
  void scalarsAreThoseOfYaml12() {
    Definition definition =
        valid(
            HEAD
                + "do: [{a: {set: {n: 12, f: 1.5, t: yes, s: '12', z: ~, d: 2024-01-01, b: true, big: 123456789012345678901}}}]");
    assertThat(definition.source().at("/do/0/a/set"))
        .isEqualTo(
            Json.object()
                .put("n", 12)
                .put("f", 1.5)
                .put("t", "yes")
                .put("s", "12")
                .putNull("z")
                .put("d", "2024-01-01")
                .put("b", true)
                .put("big", new java.math.BigInteger("123456789012345678901")));
  }

  private static void unreadable(String text, String reason) {
    assertThat(faults(text))
        .singleElement()
        .satisfies(fault -> assertThat(fault.message()).contains(reason));
  }

  private static Definition valid(String text) {
    return switch (READER.read(text)) {
      case Reading.Valid valid -> valid.definition();
      case Reading.Faulty faulty -> throw new AssertionError(faulty.faults());
    };
  }

  private static List<Fault> faults(String text) {
    return switch (READER.read(text)) {
      case Reading.Valid _ -> List.of();
      case Reading.Faulty faulty -> faulty.faults();
    };
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = DefinitionReaderTest.class.getResourceAsStream(name)) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
