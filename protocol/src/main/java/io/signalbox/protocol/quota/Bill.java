package io.signalbox.protocol.quota;

import io.signalbox.protocol.Sent;
import java.util.Map;

/**
 * What a call is going to draw, at most, and from whom.
 *
 * @param key of the call: the same for every attempt, so that it is counted once
 * @param path where in the tenant's tree the call belongs: values by dimension
 */
public record Bill(String tenant, String key, Map<String, String> path, Amounts most)
    implements Sent {
  public Bill {
    path = Map.copyOf(path);
  }
}
