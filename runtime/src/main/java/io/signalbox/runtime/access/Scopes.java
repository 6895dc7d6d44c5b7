package io.signalbox.runtime.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.access.Grant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a key is narrowed to, as the database keeps it. */
final class Scopes {
  private Scopes() {}

  static String text(Set<Grant> scopes) {
    return Json.tree(scopes).toString();
  }

  static Optional<Set<Grant>> read(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Set.of(Json.MAPPER.readValue(text, Grant[].class)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the scopes of a key cannot be read", e);
    }
  }
}
