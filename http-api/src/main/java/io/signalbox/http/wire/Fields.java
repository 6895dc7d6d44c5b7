package io.signalbox.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads a JSON object field by field, and in the end tells every fault at once: what is missing,
 * what has the wrong type and what nobody asked for.
 */
public final class Fields {
  private final JsonNode node;
  private final String at;
  private final List<Fault> faults;
  private final List<Fields> nested = new ArrayList<>();
  private final Set<String> known = new HashSet<>();

  private Fields(JsonNode node, String at, List<Fault> faults) {
    this.node = node;
    this.at = at;
    this.faults = faults;
  }

  public static Fields of(JsonNode body) {
    if (!body.isObject()) {
      throw Problem.invalid("the body must be a JSON object");
    }
    return new Fields(body, "", new ArrayList<>());
  }

  /** Fails with every fault found so far, unknown fields included. */
  public void check() {
    findUnknown();
    if (!faults.isEmpty()) {
      String first = faults.getFirst().pointer() + " " + faults.getFirst().message();
      int others = faults.size() - 1;
      throw Problem.invalid(others == 0 ? first : first + " (and " + others + " more)", faults);
    }
  }

  private void findUnknown() {
    for (String name : (Iterable<String>) node::fieldNames) {
      if (!known.contains(name)) {
        fault(name, "is not a known field");
      }
    }
    nested.forEach(Fields::findUnknown);
  }

  public void fault(String name, String message) {
    faults.add(new Fault(pointer(name), message));
  }

  /** A fault at a pointer below this object. */
  public void faultAt(String pointer, String message) {
    faults.add(new Fault(at + pointer, message));
  }

  private String pointer(String name) {
    return at + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /** Fields that may be there and mean nothing when sent. */
  public void ignore(String... names) {
    known.addAll(List.of(names));
  }

  /** Any value; an explicit null counts as a value. */
  public Optional<JsonNode> any(String name) {
    known.add(name);
    return Optional.ofNullable(node.get(name));
  }

  private Optional<JsonNode> given(String name) {
    return any(name).filter(value -> !value.isNull());
  }

  public Optional<JsonNode> object(String name) {
    return given(name).filter(value -> is(value.isObject(), name, "must be an object"));
  }

  /** The object's own fields; an empty object with a fault where it is missing. */
  public Fields inside(String name) {
    Fields fields = open(name);
    nested.add(fields);
    return fields;
  }

  /** The same for an object that may have fields nobody here knows. */
  public Fields open(String name) {
    Optional<JsonNode> found = object(name);
    if (found.isEmpty() && given(name).isEmpty()) {
      fault(name, "is required");
    }
    return new Fields(found.orElseGet(Json::object), pointer(name), faults);
  }

  /** The objects of an array, each with its own fields; none where it is missing. */
  public List<Fields> each(String name) {
    Optional<JsonNode> list =
        given(name).filter(value -> is(value.isArray(), name, "must be an array of objects"));
    List<Fields> all = new ArrayList<>();
    for (JsonNode item : list.orElseGet(Json::object)) {
      String place = pointer(name) + "/" + all.size();
      if (!item.isObject()) {
        faults.add(new Fault(place, "must be an object"));
      }
      Fields fields = new Fields(item, place, faults);
      nested.add(fields);
      all.add(fields);
    }
    return all;
  }

  public Optional<String> text(String name) {
    return given(name)
        .filter(value -> is(value.isTextual(), name, "must be a string"))
        .map(JsonNode::textValue);
  }

  /** A string that must be there and say something. */
  public String need(String name) {
    boolean missing = given(name).isEmpty();
    Optional<String> found = text(name).filter(value -> is(!value.isBlank(), name, "is empty"));
    if (missing) {
      fault(name, "is required");
    }
    return found.orElse("");
  }

  /** A string that must have the given form, if it is there. */
  public Optional<String> matching(String name, Pattern form, String what) {
    return text(name).filter(value -> is(form.matcher(value).matches(), name, what));
  }

  /** One of the given words; the first is what is meant when nothing is said. */
  public String choice(String name, List<String> words) {
    return text(name)
        .filter(value -> is(words.contains(value), name, "must be one of " + words))
        .orElse(words.getFirst());
  }

  public List<String> texts(String name) {
    Optional<JsonNode> list =
        given(name).filter(value -> is(value.isArray(), name, "must be an array of strings"));
    List<String> texts = new ArrayList<>();
    list.ifPresent(
        values -> {
          for (JsonNode value : values) {
            if (is(value.isTextual(), name, "must hold strings only")) {
              texts.add(value.textValue());
            }
          }
        });
    return texts;
  }

  /** An object whose values are strings. */
  public Map<String, String> textMap(String name) {
    Map<String, String> map = new LinkedHashMap<>();
    object(name)
        .ifPresent(
            values ->
                values
                    .properties()
                    .forEach(
                        e -> {
                          if (is(e.getValue().isTextual(), name, "must hold strings only")) {
                            map.put(e.getKey(), e.getValue().textValue());
                          }
                        }));
    return map;
  }

  /** Objects in a list, each with its own fields. */
  public List<Fields> list(String name) {
    List<Fields> list = new ArrayList<>();
    given(name)
        .filter(value -> is(value.isArray(), name, "must be an array of objects"))
        .ifPresent(
            values -> {
              for (int i = 0; i < values.size(); i++) {
                JsonNode value = values.get(i);
                if (is(value.isObject(), name, "must hold objects only")) {
                  list.add(new Fields(value, pointer(name) + "/" + i, faults));
                }
              }
            });
    nested.addAll(list);
    return list;
  }

  public boolean flag(String name, boolean otherwise) {
    return given(name)
        .filter(value -> is(value.isBoolean(), name, "must be true or false"))
        .map(JsonNode::booleanValue)
        .orElse(otherwise);
  }

  public int integer(String name, int otherwise, int least, int most) {
    return given(name)
        .filter(
            value ->
                is(
                    value.canConvertToInt()
                        && value.isIntegralNumber()
                        && value.intValue() >= least
                        && value.intValue() <= most,
                    name,
                    "must be a whole number from " + least + " to " + most))
        .map(JsonNode::intValue)
        .orElse(otherwise);
  }

  public Optional<Instant> time(String name) {
    return parsed(name, Instant::parse, "must be an RFC 3339 time such as 2026-01-31T12:00:00Z");
  }

  public Optional<Duration> duration(String name) {
    return parsed(name, Duration::parse, "must be an ISO 8601 duration such as PT30S");
  }

  private <T> Optional<T> parsed(String name, Function<String, T> parser, String what) {
    return text(name)
        .flatMap(
            value -> {
              try {
                return Optional.of(parser.apply(value));
              } catch (DateTimeException _) {
                fault(name, what);
                return Optional.empty();
              }
            });
  }

  private boolean is(boolean holds, String name, String message) {
    if (!holds) {
      fault(name, message);
    }
    return holds;
  }
}
