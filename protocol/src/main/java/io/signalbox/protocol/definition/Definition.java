package io.signalbox.protocol.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.WorkflowRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A workflow definition that passed every check at deployment.
 *
 * @param digest {@code sha256:} and the hex digest of the definition's canonical JSON
 * @param source the definition as it was deployed, as JSON
 * @param secrets the secrets there are to its expressions, each with the fields they take of it;
 *     one without fields is a text
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
    Map<String, Set<String>> secrets,
    Steps root,
    Map<String, Step> steps,
    List<Extension> extensions) {
  public Definition {
    secrets = Map.copyOf(secrets);
    steps = Map.copyOf(steps);
    extensions = List.copyOf(extensions);
  }
}
