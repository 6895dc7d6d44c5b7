package io.signalbox.runtime.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.signalbox.protocol.Fault;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.definition.Step;
import io.signalbox.protocol.definition.Task;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionsTest {
  private static final String HEAD =
      "document: {dsl: '1.0.3', namespace: a, name: b, version: '1.0.0'}\n";

  @TempDir Path folder;

  private static DefinitionReader reader(Optional<String> standard, String... locations) {
    return new DefinitionReader(
        DefinitionLimits.STANDARD,
        Resources.NONE,
        new Allowed(
            Optional.of(Set.of()),
            new CatalogLocations(List.of(locations), standard, Duration.ofSeconds(5), 1000)));
  }

  private static Definition valid(DefinitionReader reader, String text) {
    return switch (reader.read(HEAD + text)) {
      case Reading.Valid valid -> valid.definition();
      case Reading.Faulty faulty -> throw new AssertionError(faulty.faults().toString());
    };
  }

  private static Fault fault(DefinitionReader reader, String text) {
    return switch (reader.read(HEAD + text)) {
      case Reading.Valid valid -> throw new AssertionError("valid: " + valid);
      case Reading.Faulty faulty -> {
        assertThat(faulty.faults()).hasSize(1);
        yield faulty.faults().getFirst();
      }
    };
  }

  private static Step step(Definition definition, String pointer) {
    return Objects.requireNonNull(definition.steps().get(pointer), pointer);
  }

  private void put(String name, String version, String function) throws IOException {
    Path place = folder.resolve("functions").resolve(name).resolve(version);
    Files.createDirectories(place);
    Files.writeString(place.resolve("function.yaml"), function);
  }

  @Test
  void aCallIsTheFunctionsTaskBelowTheCall() {
    Definition read =
        valid(
            new DefinitionReader(),
            """
            use: {functions: {double: {set: {n: '${ .n * 2 }'}}}}
            do:
              - one: {call: double, with: {n: 4}}
              - two: {call: double}
            """);
    assertThat(read.steps())
        .containsOnlyKeys("/do/0/one", "/do/0/one/call", "/do/1/two", "/do/1/two/call");
    assertThat(step(read, "/do/0/one").task()).isInstanceOf(Task.Do.class);
    assertThat(step(read, "/do/0/one/call").inputFrom()).isPresent();
    assertThat(step(read, "/do/1/two/call").inputFrom()).isEmpty();
  }

  @Test
  void aFunctionThatShapesItsInputShapesTheArguments() {
    Definition read =
        valid(
            new DefinitionReader(),
            """
            use: {functions: {f: {input: {from: .inner}, set: {n: '${ .n }'}}}}
            do: [{one: {call: f, with: {inner: {n: 1}}}}]
            """);
    assertThat(read.steps()).containsKeys("/do/0/one/with", "/do/0/one/call");
  }

  @Test
  void faultsOfAFunctionAreToldOnceWhereItIsDeclared() {
    Fault fault =
        fault(
            new DefinitionReader(),
            """
            use: {functions: {f: {set: {n: '${ .n + }'}}}}
            do: [{one: {call: f}}, {two: {call: f}}]
            """);
    assertThat(fault.pointer()).isEqualTo("/use/functions/f/set/n");
  }

  @Test
  void functionsThatCallEachOtherInACircleAreRefused() {
    Fault fault =
        fault(
            new DefinitionReader(),
            """
            use: {functions: {f: {do: [{x: {call: g}}]}, g: {call: f}}}
            do: [{one: {call: f}}]
            """);
    assertThat(fault.message()).contains("calls itself");
  }

  @Test
  void aCatalogsFunctionIsKeptInTheDefinitionAndNeverAskedForAgain() throws IOException {
    put("greet", "1.0.0", "set: {text: '${ \"hi \" + .name }'}");
    DefinitionReader reader = reader(Optional.empty(), folder.toUri().toString());
    String text =
        """
        use: {catalogs: {mine: {endpoint: {uri: '%s'}}}}
        do: [{hello: {call: 'greet:1.0.0@mine', with: {name: ada}}}]
        """
            .formatted(folder.toUri());
    Definition read = valid(reader, text);
    assertThat(read.source().at("/use/functions/greet:1.0.0@mine/set").isObject()).isTrue();
    Files.delete(folder.resolve("functions/greet/1.0.0/function.yaml"));
    Reading again = new DefinitionReader().readAgain(read.source());
    assertThat(again).isEqualTo(new Reading.Valid(read));
    assertThat(fault(reader, text).message()).contains("cannot be taken: there is no file:");
  }

  @Test
  void theDefaultCatalogNeedsNoDeclaration() throws IOException {
    put("greet", "1.0.0", "set: {text: hi}");
    DefinitionReader reader = reader(Optional.of(folder.toUri().toString()));
    valid(reader, "do: [{hello: {call: 'greet:1.0.0@default'}}]");
  }

  @Test
  void placesTheOperatorHasNotAllowedAreNotAsked() throws IOException {
    put("greet", "1.0.0", "set: {text: hi}");
    String allowed = folder.resolve("other").toUri().toString();
    for (String endpoint :
        List.of(
            folder.toUri().toString(), allowed + "/../", "file:///etc", "https://evil.example/")) {
      Fault fault =
          fault(
              reader(Optional.empty(), allowed),
              "use: {catalogs: {mine: {endpoint: '%s'}}}\ndo: [{hello: {call: 'greet:1.0.0@mine'}}]"
                  .formatted(endpoint));
      assertThat(fault.pointer()).isEqualTo("/do/0/hello/call");
      assertThat(fault.message()).contains("not below a location that the operator allows");
    }
    Fault up =
        fault(
            reader(Optional.empty(), folder.toUri().toString()),
            "use: {catalogs: {mine: {endpoint: '%s'}}}\ndo: [{hello: {call: '..:1.0.0@mine'}}]"
                .formatted(folder.toUri()));
    assertThat(up.message()).contains("there is no function");
  }

  @Test
  void catalogsOnTheWebAreReadWithinTheirBounds() throws IOException {
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    web.createContext(
        "/c/functions/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          byte[] body =
              (path.contains("/large/") ? "#".repeat(2000) : "set: {a: 1}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(path.contains("/gone/") ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    web.start();
    try {
      String base = "http://127.0.0.1:" + web.getAddress().getPort() + "/c";
      DefinitionReader reader = reader(Optional.empty(), base);
      String text = "use: {catalogs: {w: {endpoint: '%s'}}}\ndo: [{x: {call: '%s:1.0.0@w'}}]";
      valid(reader, text.formatted(base, "fine"));
      assertThat(fault(reader, text.formatted(base, "gone")).message()).contains("answered 404");
      assertThat(fault(reader, text.formatted(base, "large")).message()).contains("larger than");
    } finally {
      web.stop(0);
    }
  }
}
