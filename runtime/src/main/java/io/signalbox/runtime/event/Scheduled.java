package io.signalbox.runtime.event;

import com.fasterxml.jackson.databind.node.NullNode;
import io.signalbox.protocol.definition.Consumption;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.runtime.definition.DefinitionReader;
import io.signalbox.runtime.expression.ExpressionFailed;
import io.signalbox.runtime.match.Evaluated;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A workflow that events start, and which. */
record Scheduled(String digest, Consumption on) {

  /** Reads a tenant's schedules when its list of definitions changes, not for every event. */
  static final class Reader {
    private static final Logger log = LoggerFactory.getLogger(Scheduled.class);

    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(List<Definition> definitions, List<Scheduled> read) {}

    List<Scheduled> of(String tenant, List<Definition> definitions) {
      return known
          .compute(
              tenant,
              (_, old) ->
                  old != null && old.definitions() == definitions
                      ? old
                      : new Known(
                          definitions, definitions.stream().flatMap(Reader::scheduled).toList()))
          .read();
    }

    private static Stream<Scheduled> scheduled(Definition definition) {
      try {
        Optional<Consumption> on =
            DefinitionReader.scheduledOn(definition)
                .map(it -> Evaluated.of(it, NullNode.getInstance(), Map.of()));
        return on.stream().map(it -> new Scheduled(definition.digest(), it));
      } catch (ExpressionFailed e) {
        log.warn("no event starts {}: {}", definition.ref(), e.getMessage());
        return Stream.of();
      }
    }
  }
}
