package io.signalbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.Served.Told;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Endpoint.Access;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the OpenAPI document against what is really served, in both directions. */
class ApiDocumentTest {
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");
  private static final JsonNode DOCUMENT = Served.get("/openapi.json").body();
  private static final List<Endpoint> SERVED =
      HttpRoom.endpoints(Served.KIT.system(), Served.SETTINGS, Served.doors());

  private record Operation(String method, String path, JsonNode node) {
    String line() {
      return method + " " + path;
    }
  }

  private static List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : DOCUMENT.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (!method.getKey().equals("parameters")) {
          all.add(
              new Operation(
                  method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
        }
      }
    }
    return all;
  }

  @Test
  void everyRouteIsDocumentedAndNothingElse() {
    Set<String> served = new TreeSet<>();
    SERVED.forEach(endpoint -> served.add(endpoint.method() + " " + endpoint.pattern()));
    Set<String> documented = new TreeSet<>();
    operations().forEach(operation -> documented.add(operation.line()));
    assertThat(documented).isEqualTo(served);
  }

  @Test
  void everyDocumentedOperationIsReallyRouted() {
    for (Operation operation : operations()) {
      String path = PARAMETER.matcher(operation.path()).replaceAll("none");
      Told told = Served.with(operation.method(), path, "{}");
      assertThat(told.status()).as(operation.line()).isNotEqualTo(405);
      assertThat(told.body().path("detail").asText())
          .as(operation.line())
          .isNotEqualTo("there is nothing at this path");
    }
  }

  @Test
  void openRoutesAndOnlyTheySayThatTheyNeedNoKey() {
    Set<String> open = new TreeSet<>();
    for (Endpoint endpoint : SERVED) {
      if (endpoint.access() == Access.OPEN) {
        open.add(endpoint.method() + " " + endpoint.pattern());
      }
    }
    Set<String> documented = new TreeSet<>();
    for (Operation operation : operations()) {
      if (operation.node().has("security") && operation.node().path("security").isEmpty()) {
        documented.add(operation.line());
      }
    }
    assertThat(documented).isEqualTo(open);
  }

  @Test
  void everyOperationHasAnIdAnAnswerAndItsParameters() {
    Set<String> ids = new HashSet<>();
    for (Operation operation : operations()) {
      assertThat(ids.add(operation.node().path("operationId").asText("")))
          .as(operation.line())
          .isTrue();
      assertThat(operation.node().path("summary").asText("")).as(operation.line()).isNotEmpty();
      assertThat(operation.node().path("responses").properties()).as(operation.line()).isNotEmpty();
      List<String> wanted =
          PARAMETER.matcher(operation.path()).results().map(MatchResult::group).toList();
      JsonNode shared = DOCUMENT.path("paths").path(operation.path()).path("parameters");
      List<String> declared = new ArrayList<>();
      shared.forEach(p -> declared.add("{" + resolved(p).path("name").asText() + "}"));
      assertThat(declared).as(operation.line()).containsExactlyElementsOf(wanted);
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    for (String ref : DOCUMENT.findValuesAsText("$ref")) {
      assertThat(DOCUMENT.at(ref.substring(1)).isMissingNode()).as(ref).isFalse();
    }
  }

  private static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? DOCUMENT.at(node.path("$ref").asText().substring(1)) : node;
  }
}
