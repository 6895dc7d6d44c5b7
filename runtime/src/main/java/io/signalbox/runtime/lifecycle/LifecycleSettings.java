package io.signalbox.runtime.lifecycle;

import com.typesafe.config.Config;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who is told lifecycle events, and how patiently; reference.conf says what each key means.
 *
 * @param source the events' {@code source}
 * @param batch journal rows read at once
 * @param lease how long a node has a sink to itself without saying so again
 */
public record LifecycleSettings(
    List<Sink> sinks, String source, Duration interval, int batch, Duration lease) {
  /**
   * One HTTP endpoint.
   *
   * @param binary events as headers and body; otherwise structured, as one JSON document
   * @param types what it is told, such as {@code workflow.*} or {@code task.faulted}; empty for all
   * @param attempts for one event before it is given up
   */
  public record Sink(
      String name,
      URI endpoint,
      boolean binary,
      List<String> types,
      Map<String, String> headers,
      Duration timeout,
      int attempts,
      Duration shortest,
      Duration longest) {
    public Sink {
      types = List.copyOf(types);
      headers = Map.copyOf(headers);
      if (!Set.of("http", "https").contains(String.valueOf(endpoint.getScheme()))) {
        throw new IllegalArgumentException(
            "lifecycle-events: the endpoint of sink '" + name + "' must be an http or https URI");
      }
      if (attempts < 1 || !timeout.isPositive() || !shortest.isPositive()) {
        throw new IllegalArgumentException(
            "lifecycle-events: sink '" + name + "': attempts and times must be more than 0");
      }
    }

    /** Whether it is to be told events of this type, given without the DSL's prefix and version. */
    boolean wants(String type) {
      return types.isEmpty()
          || types.stream()
              .anyMatch(
                  it ->
                      it.endsWith("*")
                          ? type.startsWith(it.substring(0, it.length() - 1))
                          : it.equals(type));
    }

    @Override
    public String toString() {
      return "Sink[" + name + " at " + endpoint + "]";
    }
  }

  public LifecycleSettings {
    sinks = List.copyOf(sinks);
    if (!interval.isPositive() || batch < 1) {
      throw new IllegalArgumentException(
          "lifecycle-events: interval and batch must be more than 0");
    }
    Set<String> names = new HashSet<>();
    for (Sink sink : sinks) {
      if (!names.add(sink.name())) {
        throw new IllegalArgumentException("lifecycle-events: two sinks named " + sink.name());
      }
      if (sink.timeout().multipliedBy(2).compareTo(lease) > 0) {
        throw new IllegalArgumentException(
            "lifecycle-events: lease must be at least twice the timeout of sink " + sink.name());
      }
    }
  }

  /** From {@code signalbox.runtime.lifecycle-events}. */
  public static LifecycleSettings from(Config events) {
    Config standard = events.getConfig("sink");
    return new LifecycleSettings(
        events.getConfigList("sinks").stream().map(it -> sink(it.withFallback(standard))).toList(),
        events.getString("source"),
        events.getDuration("interval"),
        events.getInt("batch"),
        events.getDuration("lease"));
  }

  private static Sink sink(Config sink) {
    Map<String, String> headers = new TreeMap<>();
    Config given = sink.getConfig("headers");
    given.root().keySet().forEach(name -> headers.put(name, given.getString("\"" + name + "\"")));
    String mode = sink.getString("mode");
    if (!Set.of("binary", "structured").contains(mode)) {
      throw new IllegalArgumentException(
          "lifecycle-events: mode must be binary or structured, not " + mode);
    }
    return new Sink(
        sink.getString("name"),
        URI.create(sink.getString("endpoint")),
        mode.equals("binary"),
        sink.getStringList("types"),
        headers,
        sink.getDuration("timeout"),
        sink.getInt("attempts"),
        sink.getDuration("retry-shortest"),
        sink.getDuration("retry-longest"));
  }
}
