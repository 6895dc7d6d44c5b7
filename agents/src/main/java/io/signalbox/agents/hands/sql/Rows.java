package io.signalbox.agents.hands.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;

/** A result as JSON: numbers stay numbers, times are RFC 3339 in UTC, json stays json. */
final class Rows {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Rows() {}

  /** At most so many rows and so many bytes; says when there was more. */
  static ObjectNode read(ResultSet result, int rowLimit, long byteLimit) throws SQLException {
    var shape = Json.object();
    var rows = shape.putArray("rows");
    long size = 0;
    boolean truncated = false;
    while (!truncated && result.next()) {
      var row = row(result);
      size += row.toString().length();
      truncated = rows.size() == rowLimit || size > byteLimit;
      if (!truncated) {
        rows.add(row);
      }
    }
    return shape.put("truncated", truncated);
  }

  private static ObjectNode row(ResultSet result) throws SQLException {
    var row = Json.object();
    var columns = result.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      row.set(
          columns.getColumnLabel(i),
          value(result, i, columns.getColumnType(i), columns.getColumnTypeName(i)));
    }
    return row;
  }

  private static JsonNode value(ResultSet result, int at, int type, String name)
      throws SQLException {
    var text = result.getString(at);
    if (text == null) {
      return JSON.nullNode();
    }
    return switch (type) {
      case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> JSON.numberNode(result.getLong(at));
      case Types.REAL, Types.DOUBLE -> floating(result.getDouble(at));
      case Types.NUMERIC, Types.DECIMAL ->
          text.equals("NaN") || text.endsWith("Infinity")
              ? JSON.textNode(text)
              : JSON.numberNode(result.getBigDecimal(at));
      case Types.BIT, Types.BOOLEAN ->
          name.equals("bool") ? JSON.booleanNode(result.getBoolean(at)) : JSON.textNode(text);
      case Types.BINARY -> JSON.textNode(Base64.getEncoder().encodeToString(result.getBytes(at)));
      case Types.ARRAY -> array(result.getArray(at).getArray());
      default -> other(result, at, name, text);
    };
  }

  private static JsonNode other(ResultSet result, int at, String name, String text)
      throws SQLException {
    return switch (name) {
      case "json", "jsonb" -> json(text);
      case "timestamptz" -> time(result, at, text);
      case "timestamp" ->
          text.endsWith("infinity")
              ? JSON.textNode(text)
              : JSON.textNode(result.getObject(at, LocalDateTime.class).toString());
      default -> JSON.textNode(text);
    };
  }

  private static JsonNode time(ResultSet result, int at, String text) throws SQLException {
    if (text.endsWith("infinity")) {
      return JSON.textNode(text);
    }
    var time = result.getObject(at, OffsetDateTime.class);
    return JSON.textNode(time.withOffsetSameInstant(ZoneOffset.UTC).toInstant().toString());
  }

  private static JsonNode floating(double value) {
    return Double.isFinite(value) ? JSON.numberNode(value) : JSON.textNode(Double.toString(value));
  }

  private static JsonNode array(Object values) {
    var array = JSON.arrayNode();
    if (values instanceof Object[] elements) {
      for (var element : elements) {
        array.add(element(element));
      }
    }
    return array;
  }

  private static JsonNode element(Object element) {
    return switch (element) {
      case null -> JSON.nullNode();
      case Boolean flag -> JSON.booleanNode(flag);
      case Integer number -> JSON.numberNode(number);
      case Long number -> JSON.numberNode(number);
      case Short number -> JSON.numberNode(number);
      case java.math.BigDecimal number -> JSON.numberNode(number);
      case Double number -> floating(number);
      case Object[] inner -> array(inner);
      default -> JSON.textNode(element.toString());
    };
  }

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException _) {
      return JSON.textNode(text);
    }
  }
}
