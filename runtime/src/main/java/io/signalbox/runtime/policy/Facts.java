package io.signalbox.runtime.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as the plain values that conditions read. */
public final class Facts {
  private Facts() {}

  /** The fields of an object; nothing for anything else. */
  public static Map<String, Object> of(JsonNode object) {
    Map<String, Object> fields = new LinkedHashMap<>();
    object.properties().forEach(it -> fields.put(it.getKey(), value(it.getValue())));
    return fields;
  }

  private static Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> of(node);
      case ARRAY -> {
        List<Object> items = new ArrayList<>(node.size());
        node.forEach(item -> items.add(value(item)));
        yield items;
      }
      case BOOLEAN -> node.booleanValue();
      case NUMBER ->
          node.isIntegralNumber() && node.canConvertToLong()
              ? (Object) node.longValue()
              : (Object) node.doubleValue();
      case STRING -> node.textValue();
      case NULL, MISSING, BINARY, POJO -> NullValue.NULL_VALUE;
    };
  }
}
