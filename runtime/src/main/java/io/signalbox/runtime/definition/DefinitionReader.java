package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverlessworkflow.api.WorkflowFormat;
import io.serverlessworkflow.api.WorkflowReader;
import io.signalbox.protocol.Fault;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.definition.Consumption;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.definition.Extension;
import io.signalbox.protocol.definition.Steps;
import io.signalbox.runtime.definition.SourceText.Unreadable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads workflow definitions (Serverless Workflow DSL 1.0, YAML or JSON): gives what the
 * interpreter runs, or every fault at once with its place. What is not built is refused.
 */
public final class DefinitionReader {
  private static final Set<String> PARTS =
      Set.of("document", "input", "use", "do", "timeout", "output", "schedule", "evaluate");

  private static final String SAMPLE =
      """
      document: {dsl: '1.0.3', namespace: sample, name: sample, version: '1.0.0'}
      do: [{greet: {set: {greeting: '${ "hello" }'}}}]
      """;

  private final DefinitionLimits limits;
  private final Resources resources;
  private final Allowed allowed;

  /** Takes a second or more to load, so only when the first definition comes in. */
  private static final class Schema {
    static final SchemaCheck CHECK = SchemaCheck.load();
  }

  public DefinitionReader() {
    this(DefinitionLimits.STANDARD, Resources.NONE, Allowed.LITTLE);
  }

  /** With what the operator allows. */
  public DefinitionReader(DefinitionLimits limits, Resources resources, Allowed allowed) {
    this.limits = limits;
    this.resources = resources;
    this.allowed = allowed;
  }

  /** Reads a definition as it was sent. */
  public Reading read(String text) {
    try {
      JsonNode source = SourceText.parse(text, limits.bytes(), limits.nodes());
      return read(resources.into(source), limits, Optional.of(Schema.CHECK), allowed);
    } catch (Unreadable e) {
      return new Reading.Faulty(List.of(new Fault(e.pointer(), e.reason())));
    }
  }

  /**
   * Reads again, as JSON, what was found valid when it came in: without asking the DSL's schema and
   * the workflow library once more.
   */
  public Reading readAgain(JsonNode source) {
    return read(source, DefinitionLimits.DEPLOYED, Optional.empty(), Allowed.ALREADY);
  }

  /** Loads what the first reading would otherwise have to wait for. */
  public static void warm() {
    new DefinitionReader().read(SAMPLE);
  }

  private static Reading read(
      JsonNode source, DefinitionLimits limits, Optional<SchemaCheck> check, Allowed allowed) {
    Place root = new Place("", source);
    Compilation in = new Compilation(root, limits, check, allowed);
    in.findings.only(root, "a definition", PARTS);
    HeadReader head = new HeadReader(in, root);
    WorkflowRef ref = head.document();
    head.evaluate();
    head.schedule();
    var inputFrom = in.data.read(root, "input", "from", Names.WORKFLOW_INPUT);
    var outputAs = in.data.read(root, "output", "as", Names.WORKFLOW_OUTPUT);
    var timeout = in.timeout(root.at("timeout"), Names.EVERYWHERE);
    Steps steps = new Steps("/do", List.of());
    if (root.at("do").present()) {
      steps = in.lists.sequence(root.at("do"), Names.EVERYWHERE, 1);
    } else {
      in.findings.fault(root, "a definition needs 'do', its list of tasks");
    }
    List<Extension> extensions = in.extensions.read(root.at("use").at("extensions"));
    head.reusables();
    in.schema.ifPresent(schema -> schema.head(root, in.findings));
    if (check.isPresent() && in.findings.isEmpty()) {
      libraryReads(root, in.findings);
    }
    if (!in.findings.isEmpty()) {
      return new Reading.Faulty(in.findings.all());
    }
    JsonNode kept = pinned(source, in.functions.pinned());
    return new Reading.Valid(
        new Definition(
            ref,
            Digests.of(kept),
            kept,
            inputFrom,
            outputAs,
            timeout,
            in.findings.secrets.all(),
            steps,
            in.steps,
            extensions));
  }

  /** With what came from catalogs written out, so that no run depends on them. */
  private static JsonNode pinned(JsonNode source, Map<String, JsonNode> functions) {
    if (functions.isEmpty()) {
      return source;
    }
    ObjectNode kept = source.deepCopy();
    ObjectNode declared = kept.withObjectProperty("use").withObjectProperty("functions");
    functions.forEach(declared::set);
    return kept;
  }

  /** The events that start a run of this workflow, if it is scheduled on any. */
  public static Optional<Consumption> scheduledOn(Definition definition) {
    Place root = new Place("", definition.source());
    Compilation in =
        new Compilation(root, DefinitionLimits.DEPLOYED, Optional.empty(), Allowed.ALREADY);
    return new HeadReader(in, root).schedule();
  }

  /** The workflow library must be able to read it too, so that other tools of the DSL can. */
  private static void libraryReads(Place root, Findings findings) {
    try {
      ObjectNode known = ((ObjectNode) root.node()).deepCopy();
      known.remove("evaluate"); // the DSL has it, the library's model has not
      WorkflowReader.noValidation().read(known.toString(), WorkflowFormat.JSON);
    } catch (IOException | RuntimeException e) {
      findings.fault("", "the workflow library cannot read it: " + e.getMessage());
    }
  }
}
