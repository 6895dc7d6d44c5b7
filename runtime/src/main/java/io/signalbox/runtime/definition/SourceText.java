package io.signalbox.runtime.definition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML or JSON text as a tree, within bounds of size, depth and number of nodes. */
final class SourceText {
  private static final int DEEPEST = 200;
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private SourceText() {}

  /** Why a text cannot be read at all. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;
    private final String pointer;

    Unreadable(String pointer, String message) {
      super(message, null, false, false);
      this.pointer = pointer;
    }

    String pointer() {
      return pointer;
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  static JsonNode parse(String text, int largest, int nodes) throws Unreadable {
    if (text.length() > largest || text.getBytes(StandardCharsets.UTF_8).length > largest) {
      throw new Unreadable("", "the definition is larger than " + largest + " bytes");
    }
    if (text.isBlank()) {
      throw new Unreadable("", "the definition is empty");
    }
    JsonNode tree = text.stripLeading().startsWith("{") ? json(text) : yaml(text, nodes);
    if (!tree.isObject()) {
      throw new Unreadable("", "a definition must be an object with 'document' and 'do'");
    }
    return tree;
  }

  private static JsonNode json(String text) throws Unreadable {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new Unreadable(
          "",
          "is not valid JSON: %s (line %d, column %d)"
              .formatted(
                  oneLine(e.getOriginalMessage()),
                  at == null ? 1 : at.getLineNr(),
                  at == null ? 1 : at.getColumnNr()));
    }
  }

  private static JsonNode yaml(String text, int nodes) throws Unreadable {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(DEEPEST);
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setMaxAliasesForCollections(Integer.MAX_VALUE); // YamlTree counts what they come to
    options.setAllowDuplicateKeys(true); // found later, with their pointer
    try {
      Composer composer =
          new Composer(
              new ParserImpl(new StreamReader(new StringReader(text)), options),
              new Resolver(),
              options);
      Node root = composer.getSingleNode();
      if (root == null) {
        throw new Unreadable("", "the definition is empty");
      }
      return new YamlTree(nodes).convert(root, "");
    } catch (MarkedYAMLException e) {
      throw new Unreadable("", "is not valid YAML: " + oneLine(e.getProblem()) + line(e));
    } catch (YAMLException e) {
      throw new Unreadable("", "is not valid YAML: " + oneLine(String.valueOf(e.getMessage())));
    }
  }

  private static String line(MarkedYAMLException e) {
    var mark = e.getProblemMark();
    return mark == null
        ? ""
        : " (line %d, column %d)".formatted(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
