package io.signalbox.runtime.match;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.definition.EventFilter;
import io.signalbox.runtime.expression.Expressions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a filter is found by: the event's type, and a hash of everything else of which the filter
 * takes just one value. Whoever publishes takes the same things out of the event and so finds the
 * filters with its values among any number of others, by an index.
 *
 * @param type the one event type taken; empty for any
 * @param shape a hash of what is taken out of the event: few filters differ in it
 * @param extractors what that is: {@code a:} and an attribute, or {@code c:} and an expression
 * @param key a hash of the values
 */
public record RoutingKey(String type, String shape, List<String> extractors, String key) {
  public RoutingKey {
    extractors = List.copyOf(extractors);
  }

  public static RoutingKey of(EventFilter filter) {
    Map<String, String> taken = new TreeMap<>();
    filter
        .with()
        .forEach(
            (name, wanted) -> {
              if (!name.equals("data") && !name.equals("time") && !name.equals("type")) {
                single(wanted).ifPresent(value -> taken.put("a:" + name, value));
              }
            });
    filter
        .correlations()
        .values()
        .forEach(
            it ->
                it.expect()
                    .flatMap(Texts::plain)
                    .ifPresent(value -> taken.put("c:" + it.from(), value)));
    List<String> extractors = List.copyOf(taken.keySet());
    return new RoutingKey(
        Optional.ofNullable(filter.with().get("type"))
            .flatMap(RoutingKey::single)
            // PostgreSQL keeps no NUL; the filter itself is looked at anyway
            .filter(type -> type.indexOf('\0') < 0)
            .orElse(""),
        hash(extractors),
        extractors,
        hash(List.copyOf(taken.values())));
  }

  /** The key of the filters of this shape that could take the event; absent when none could. */
  public static Optional<String> of(List<String> extractors, JsonNode event) {
    List<String> values = new ArrayList<>();
    for (String extractor : extractors) {
      String what = extractor.substring(2);
      Optional<String> value =
          extractor.startsWith("a:")
              ? Texts.plain(event.path(what))
              : EventMatch.extracted(what, event);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    return Optional.of(hash(values));
  }

  private static Optional<String> single(JsonNode wanted) {
    if (!wanted.isTextual()) {
      return Texts.plain(wanted).filter(_ -> wanted.isValueNode());
    }
    return Expressions.isExpression(wanted.textValue())
        ? Optional.empty()
        : Texts.only(wanted.textValue());
  }

  private static String hash(List<String> parts) {
    if (parts.isEmpty()) {
      return "";
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
