package io.signalbox.agents.hands.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.util.List;

/** The few members of a service's answer that are worth journalling and showing to a model. */
public final class Picked {
  private Picked() {}

  /** Members by name or by path, such as {@code head/sha}; what is not there is left out. */
  public static ObjectNode of(JsonNode whole, List<String> paths) {
    var picked = Json.object();
    for (var path : paths) {
      var value = whole.at("/" + path);
      if (!value.isMissingNode()) {
        int slash = path.lastIndexOf('/');
        var parent = slash < 0 ? picked : picked.withObject("/" + path.substring(0, slash));
        parent.set(path.substring(slash + 1), value);
      }
    }
    return picked;
  }
}
