package io.signalbox.agents.hands.openapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.openapi.Refs.At;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.util.ByteString;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * An OpenAPI document of version 2.0, 3.0 or 3.1.
 *
 * @param address where it was loaded from, which relative servers count from
 */
public final class Document {
  private static final int DEEPEST = 200;
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
              .build());

  private final URI address;
  private final JsonNode root;
  private final Refs refs;
  private final boolean two;
  private final Checks checks;

  private Document(URI address, JsonNode root, boolean two, Checks checks) {
    this.address = address;
    this.root = root;
    this.refs = new Refs(root);
    this.two = two;
    this.checks = checks;
  }

  /** Reads JSON or YAML. */
  public static Document read(URI address, ByteString bytes) throws Setback {
    JsonNode root;
    try {
      var text = bytes.utf8String();
      root = text.stripLeading().startsWith("{") ? JSON.readTree(text) : yaml().readTree(text);
    } catch (JsonProcessingException e) {
      throw broken("it is neither JSON nor YAML: " + e.getOriginalMessage());
    }
    var swagger = root.path("swagger").asText("");
    var openapi = root.path("openapi").asText("");
    if (swagger.equals("2.0") || openapi.matches("3\\.[01](\\..*)?")) {
      boolean two = swagger.equals("2.0");
      return new Document(address, root, two, Checks.of(root, openapi.startsWith("3.1")));
    }
    throw broken(
        swagger.isEmpty() && openapi.isEmpty()
            ? "it is no OpenAPI document: it has neither 'swagger' nor 'openapi'"
            : "its version '%s' is not supported; 2.0, 3.0 and 3.1 are"
                .formatted(swagger + openapi));
  }

  private static ObjectMapper yaml() {
    var options = new LoaderOptions();
    options.setNestingDepthLimit(DEEPEST);
    options.setMaxAliasesForCollections(100);
    options.setCodePointLimit(Integer.MAX_VALUE); // the bytes are bounded already
    return new ObjectMapper(YAMLFactory.builder().loaderOptions(options).build());
  }

  /** The operation of this id. */
  public Operation operation(String id) throws Setback {
    var known = new TreeSet<String>();
    var paths = new At("/paths", root.path("paths"));
    for (var path : paths.node().properties()) {
      var item = refs.resolve(paths.at(path.getKey()));
      for (var method : item.node().properties()) {
        var operationId = method.getValue().path("operationId").asText("");
        if (!METHODS.contains(method.getKey())) {
          continue;
        }
        if (operationId.equals(id)) {
          return new OperationReader(this, item, path.getKey(), item.at(method.getKey()))
              .read(method.getKey().toUpperCase(Locale.ROOT));
        }
        if (!operationId.isEmpty()) {
          known.add(operationId);
        }
      }
    }
    throw Setback.failed(
        "validation",
        404,
        "the OpenAPI document has no operation '%s'; it has %s%s"
            .formatted(
                id,
                String.join(", ", known.stream().limit(20).toList()),
                known.size() > 20 ? " and " + (known.size() - 20) + " more" : ""));
  }

  URI address() {
    return address;
  }

  JsonNode root() {
    return root;
  }

  Refs refs() {
    return refs;
  }

  /** Whether it is of version 2.0. */
  boolean isTwo() {
    return two;
  }

  Checks checks() {
    return checks;
  }

  static Setback broken(String why) {
    return Setback.failed("configuration", 400, "the OpenAPI document cannot be used: " + why);
  }
}
