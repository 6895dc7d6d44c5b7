package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.definition.Task;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.runtime.expression.Expressions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The CloudEvent that an {@code emit} task makes of its template. Pure. */
final class Emission {
  private static final int LONGEST = 1024;
  private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,40}");
  private static final Set<String> ATTRIBUTES =
      Set.of("id", "source", "type", "subject", "time", "datacontenttype", "data", "specversion");

  private Emission() {}

  /**
   * The event; where the template names none, its id is the run's and the task's, which makes
   * publishing it again harmless, and its time is now. Fails with IllegalArgumentException for what
   * is no CloudEvent.
   */
  static CloudEvent of(
      RunId run, Activation a, Task.Emit task, Map<String, JsonNode> variables, Instant now) {
    JsonNode with = Expressions.evaluate(task.event(), a.input(), variables);
    Map<String, String> extensions = new HashMap<>();
    for (var entry : with.properties()) {
      if (!ATTRIBUTES.contains(entry.getKey()) && !entry.getValue().isNull()) {
        extensions.put(entry.getKey(), extension(entry.getKey(), entry.getValue()));
      }
    }
    return new CloudEvent(
        text(with, "id").orElse(run.id() + "-" + a.id()),
        text(with, "source").orElse("urn:signalbox:run:" + run.id()),
        text(with, "type")
            .orElseThrow(() -> new IllegalArgumentException("an event needs a type, as text")),
        text(with, "subject"),
        text(with, "time").map(Emission::time).orElse(now),
        Optional.of(text(with, "datacontenttype").orElse("application/json")),
        extensions,
        with.path("data").isMissingNode() ? NullNode.getInstance() : with.path("data"));
  }

  private static Optional<String> text(JsonNode with, String name) {
    JsonNode value = with.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    String given = value.asText();
    if (value.isContainerNode()
        || given.isEmpty()
        || given.length() > LONGEST
        || given.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "an event's %s must be text of 1 to %d characters".formatted(name, LONGEST));
    }
    return Optional.of(given);
  }

  private static String extension(String name, JsonNode value) {
    if (!EXTENSION.matcher(name).matches() || value.isContainerNode()) {
      throw new IllegalArgumentException(
          "'%s' is no extension attribute: its name may have small letters and digits, its value is"
                  .formatted(name)
              + " text, a number or a boolean");
    }
    return value.asText();
  }

  private static Instant time(String given) {
    try {
      return OffsetDateTime.parse(given).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("an event's time is not RFC 3339: " + given, e);
    }
  }
}
