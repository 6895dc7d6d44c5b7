package io.signalbox.runtime.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.runtime.definition.SourceText.Unreadable;
import java.math.BigInteger;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * YAML nodes as JSON by the core schema of YAML 1.2, where {@code on} and {@code yes} are texts.
 * Aliases are written out, but only up to a number of nodes, so that a few lines cannot fill the
 * memory.
 */
final class YamlTree {
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,40}");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]{1,40}|[0-9]{1,40}(\\.[0-9]{0,40})?)([eE][-+]?[0-9]{1,3})?");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final int most;
  private int nodes;

  YamlTree(int most) {
    this.most = most;
  }

  JsonNode convert(Node node, String pointer) throws Unreadable {
    if (++nodes > most) {
      throw new Unreadable("", "has more than " + most + " nodes once aliases are written out");
    }
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar);
    }
    if (!open.add(node)) {
      throw new Unreadable(pointer, "an alias may not stand for a node that contains it");
    }
    try {
      return switch (node) {
        case MappingNode mapping -> object(mapping, pointer);
        case SequenceNode sequence -> array(sequence, pointer);
        default -> throw new Unreadable(pointer, "is YAML that a definition cannot hold");
      };
    } finally {
      open.remove(node);
    }
  }

  private ObjectNode object(MappingNode mapping, String pointer) throws Unreadable {
    ObjectNode object = JSON.objectNode();
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw new Unreadable(pointer, "a key must be a text");
      }
      Place child = new Place(pointer, object).at(key.getValue());
      if (key.getValue().equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN) {
        throw new Unreadable(child.pointer(), "merge keys are not supported; write the keys out");
      }
      if (object.has(key.getValue())) {
        throw new Unreadable(
            child.pointer(),
            "the key '%s' is there twice (again in line %d)"
                .formatted(key.getValue(), key.getStartMark().getLine() + 1));
      }
      object.set(key.getValue(), convert(entry.getValueNode(), child.pointer()));
    }
    return object;
  }

  private ArrayNode array(SequenceNode sequence, String pointer) throws Unreadable {
    ArrayNode array = JSON.arrayNode();
    for (Node element : sequence.getValue()) {
      array.add(convert(element, pointer + "/" + array.size()));
    }
    return array;
  }

  private static JsonNode scalar(ScalarNode node) {
    String text = node.getValue();
    if (node.getScalarStyle() != ScalarStyle.PLAIN) {
      return JSON.textNode(text);
    }
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> JSON.nullNode();
      case "true", "True", "TRUE" -> JSON.booleanNode(true);
      case "false", "False", "FALSE" -> JSON.booleanNode(false);
      default -> number(text);
    };
  }

  private static JsonNode number(String text) {
    if (INTEGER.matcher(text).matches()) {
      BigInteger value = new BigInteger(text);
      if (value.bitLength() < Integer.SIZE) {
        return JSON.numberNode(value.intValue());
      }
      return value.bitLength() < Long.SIZE
          ? JSON.numberNode(value.longValue())
          : JSON.numberNode(value);
    }
    if (FLOAT.matcher(text).matches()) {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? JSON.numberNode(value) : JSON.textNode(text);
    }
    return JSON.textNode(text);
  }
}
