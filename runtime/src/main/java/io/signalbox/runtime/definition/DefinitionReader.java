package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverlessworkflow.api.WorkflowFormat;
import io.serverlessworkflow.api.WorkflowReader;
import io.signalbox.protocol.Fault;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.definition.EventFilter;
import io.signalbox.protocol.definition.Steps;
import io.signalbox.runtime.definition.SourceText.Unreadable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads workflow definitions (Serverless Workflow DSL 1.0, YAML or JSON): gives what the
 * interpreter runs, or every fault at once with its place. What is not built is refused.
 */
public final class DefinitionReader {
  /** The size up to which a definition is read, in bytes. */
  public static final int LARGEST = 1 << 20;

  private static final Set<String> PARTS =
      Set.of("document", "input", "use", "do", "timeout", "output", "schedule");

  private static final String SAMPLE =
      """
      document: {dsl: '1.0.3', namespace: sample, name: sample, version: '1.0.0'}
      do: [{greet: {set: {greeting: '${ "hello" }'}}}]
      """;

  private final int largest;

  /** Takes a second or more to load, so only when the first definition comes in. */
  private static final class Schema {
    static final SchemaCheck CHECK = SchemaCheck.load();
  }

  public DefinitionReader() {
    this(LARGEST);
  }

  public DefinitionReader(int largest) {
    this.largest = largest;
  }

  /** Reads a definition as it was sent. */
  public Reading read(String text) {
    try {
      return read(SourceText.parse(text, largest), true);
    } catch (Unreadable e) {
      return new Reading.Faulty(List.of(new Fault(e.pointer(), e.reason())));
    }
  }

  /**
   * Reads again, as JSON, what was found valid when it came in: without asking the DSL's schema and
   * the workflow library once more.
   */
  public Reading readAgain(JsonNode source) {
    return read(source, false);
  }

  /** Loads what the first reading would otherwise have to wait for. */
  public static void warm() {
    new DefinitionReader().read(SAMPLE);
  }

  private static Reading read(JsonNode source, boolean fresh) {
    Place root = new Place("", source);
    Compilation in = new Compilation(root, fresh ? Optional.of(Schema.CHECK) : Optional.empty());
    in.findings.only(root, "a definition", PARTS);
    HeadReader head = new HeadReader(in, root);
    WorkflowRef ref = head.document();
    head.schedule();
    var inputFrom = in.filter(root, "input", "from", Names.EVERYWHERE);
    var outputAs = in.filter(root, "output", "as", Names.EVERYWHERE.plus("output"));
    var timeout = in.timeout(root.at("timeout"), Names.EVERYWHERE);
    Steps steps = new Steps("/do", List.of());
    if (root.at("do").present()) {
      steps = in.lists.sequence(root.at("do"), Names.EVERYWHERE, 1);
    } else {
      in.findings.fault(root, "a definition needs 'do', its list of tasks");
    }
    head.reusables();
    in.schema.ifPresent(schema -> schema.head(root, in.findings));
    if (fresh && in.findings.isEmpty()) {
      libraryReads(root, in.findings);
    }
    return in.findings.isEmpty()
        ? new Reading.Valid(
            new Definition(
                ref,
                Digests.of(source),
                source,
                inputFrom,
                outputAs,
                timeout,
                in.findings.secrets.all(),
                steps,
                in.steps))
        : new Reading.Faulty(in.findings.all());
  }

  /** The event that starts a run of this workflow, if it is scheduled on one. */
  public static Optional<EventFilter> scheduledOn(Definition definition) {
    JsonNode with = definition.source().at("/schedule/on/one/with");
    if (!(with instanceof ObjectNode object)) {
      return Optional.empty();
    }
    Map<String, JsonNode> attributes = new LinkedHashMap<>();
    object.properties().forEach(it -> attributes.put(it.getKey(), it.getValue()));
    return Optional.of(new EventFilter(attributes));
  }

  /** The workflow library must be able to read it too, so that other tools of the DSL can. */
  private static void libraryReads(Place root, Findings findings) {
    try {
      WorkflowReader.noValidation().read(root.node().toString(), WorkflowFormat.JSON);
    } catch (IOException | RuntimeException e) {
      findings.fault("", "the workflow library cannot read it: " + e.getMessage());
    }
  }
}
