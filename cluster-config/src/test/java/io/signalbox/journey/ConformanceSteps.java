package io.signalbox.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The steps of the conformance kit's scenarios, for one scenario. */
final class ConformanceSteps {
  private static final Pattern PROPERTIES =
      Pattern.compile("the workflow output should have properties (.+)");
  private static final Pattern VALUE =
      Pattern.compile("the workflow output should have a '(.+)' property with value:");
  private static final Pattern ITEMS =
      Pattern.compile("the workflow output should have a '(.+)' property containing (\\d+) items");
  private static final Pattern ORDER =
      Pattern.compile("(\\w+) should run (first|last|after (\\w+))");

  private final Client client;
  private final Outside store;
  private final int number;
  private JsonNode workflow = Json.object();
  private JsonNode input = Json.object();
  private JsonNode run = Json.object();

  ConformanceSteps(Client client, Outside store, int number) {
    this.client = client;
    this.store = store;
    this.number = number;
  }

  void take(String step, String document) throws Exception {
    switch (step.replaceFirst("^given ", "")) {
      case "a workflow with definition:" -> deploy(document);
      case "the workflow input is:" -> input = Client.yaml(document);
      case "the workflow is executed" -> execute();
      case "the workflow should complete" -> is("completed");
      case "the workflow should complete with output:" -> {
        is("completed");
        assertThat(run.path("output")).isEqualTo(Client.yaml(document));
      }
      case "the workflow should fault" -> is("faulted");
      case "the workflow should fault with error:" -> {
        is("faulted");
        for (var wanted : Client.yaml(document).properties()) {
          assertThat(run.path("error").path(wanted.getKey())).isEqualTo(wanted.getValue());
        }
      }
      default -> output(step, document);
    }
  }

  private void deploy(String definition) throws Exception {
    ObjectNode parsed = (ObjectNode) Client.yaml(PetStore.local(definition, store));
    String original = parsed.path("document").path("name").asText();
    ((ObjectNode) parsed.get("document")).put("name", "ctk-" + number + "-" + original);
    workflow =
        client
            .send("POST", "/v1/workflows", parsed.toString(), "Content-Type", "application/json")
            .expect(201)
            .json();
  }

  private void execute() throws Exception {
    ObjectNode wanted = Json.object();
    wanted
        .putObject("workflow")
        .put("namespace", workflow.path("namespace").asText())
        .put("name", workflow.path("name").asText())
        .put("version", workflow.path("version").asText());
    wanted.set("input", input);
    run = client.post("/v1/runs?wait=PT30S", wanted.toString()).expect(201).json();
  }

  private void is(String status) {
    assertThat(run.path("status").asText()).as(run.toString()).isEqualTo(status);
  }

  private void output(String step, String document) throws Exception {
    Matcher properties = PROPERTIES.matcher(step);
    Matcher value = VALUE.matcher(step);
    Matcher items = ITEMS.matcher(step);
    Matcher order = ORDER.matcher(step);
    if (properties.matches()) {
      Arrays.stream(properties.group(1).split(",\\s*", -1))
          .map(quoted -> quoted.replace("'", ""))
          .forEach(path -> assertThat(at(path).isMissingNode()).as(path + " in " + run).isFalse());
    } else if (value.matches()) {
      assertThat(at(value.group(1))).isEqualTo(Client.yaml(document));
    } else if (items.matches()) {
      assertThat(at(items.group(1))).hasSize(Integer.parseInt(items.group(2)));
    } else if (order.matches()) {
      order(order);
    } else {
      throw new AssertionError("a step that is not known: " + step);
    }
  }

  private JsonNode at(String path) {
    return run.path("output").at("/" + path.replace('.', '/'));
  }

  private void order(Matcher order) throws IOException, InterruptedException {
    List<String> started =
        client.tasks(run.path("id").asText(), "task.started").stream()
            .map(pointer -> pointer.substring(pointer.lastIndexOf('/') + 1))
            .toList();
    String task = order.group(1);
    assertThat(started).contains(task);
    switch (order.group(2)) {
      case "first" -> assertThat(started).startsWith(task);
      case "last" -> assertThat(started).endsWith(task);
      default -> assertThat(started.indexOf(task)).isEqualTo(started.indexOf(order.group(3)) + 1);
    }
  }
}
