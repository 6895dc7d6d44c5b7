package io.signalbox.protocol.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.WorkflowRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A workflow definition that passed every check at deployment.
 *
 * @param digest {@code sha256:} and the hex digest of the definition's canonical JSON
 * @param source the definition as it was deployed, as JSON
 * @param steps every step by its JSON pointer, such as {@code /do/0/tryGetPet/try/0/getPet}
 * @param extensions in the order they are declared
 */
public record Definition(
    WorkflowRef ref,
    String digest,
    JsonNode source,
    Optional<JsonNode> inputFrom,
    Optional<JsonNode> outputAs,
    Optional<JsonNode> timeout,
    Steps root,
    Map<String, Step> steps,
    List<Extension> extensions) {
  public Definition {
    steps = Map.copyOf(steps);
    extensions = List.copyOf(extensions);
  }
}
