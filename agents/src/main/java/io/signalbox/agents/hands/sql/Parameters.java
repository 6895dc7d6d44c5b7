package io.signalbox.agents.hands.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.stream.StreamSupport;

/** Binds JSON values: always as data, never as text of the query. */
final class Parameters {
  private Parameters() {}

  static void bind(PreparedStatement query, List<String> names, JsonNode arguments)
      throws SQLException {
    for (int i = 0; i < names.size(); i++) {
      bind(query, i + 1, arguments.path(names.get(i)));
    }
  }

  private static void bind(PreparedStatement query, int at, JsonNode value) throws SQLException {
    switch (value.getNodeType()) {
      case NULL, MISSING -> query.setNull(at, Types.NULL);
      case BOOLEAN -> query.setBoolean(at, value.asBoolean());
      case NUMBER -> number(query, at, value);
      case ARRAY -> query.setArray(at, array(query, value));
      // OTHER leaves the type to the server: the text fits a uuid, a date or an enum as well
      case STRING -> query.setObject(at, value.asText(), Types.OTHER);
      case BINARY, OBJECT, POJO -> query.setObject(at, value.toString(), Types.OTHER);
    }
  }

  private static void number(PreparedStatement query, int at, JsonNode value) throws SQLException {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      query.setLong(at, value.asLong());
    } else {
      query.setBigDecimal(at, value.decimalValue());
    }
  }

  private static java.sql.Array array(PreparedStatement query, JsonNode values)
      throws SQLException {
    boolean whole = !values.isEmpty() && all(values).allMatch(JsonNode::isIntegralNumber);
    var elements =
        all(values)
            .map(
                it ->
                    it.isNull()
                        ? null
                        : whole
                            ? (Object) it.asLong()
                            : it.isValueNode() ? it.asText() : it.toString())
            .toArray();
    return query.getConnection().createArrayOf(whole ? "int8" : "text", elements);
  }

  private static java.util.stream.Stream<JsonNode> all(JsonNode values) {
    return StreamSupport.stream(values.spliterator(), false);
  }
}
