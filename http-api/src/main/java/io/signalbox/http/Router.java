package io.signalbox.http;

import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.scaladsl.model.Uri;

/**
 * Finds the endpoint of a request; 404 where no pattern fits, 405 where only the method does not.
 */
final class Router {
  private final List<Line> lines;

  private record Line(Endpoint endpoint, List<String> segments) {}

  /** What was found: the endpoint and the values of its path parameters. */
  record Match(Endpoint endpoint, Map<String, String> path) {
    Match {
      path = Map.copyOf(path);
    }
  }

  Router(List<Endpoint> endpoints) {
    this.lines = endpoints.stream().map(e -> new Line(e, e.segments())).toList();
  }

  Match find(HttpRequest request) {
    List<String> segments = segments(request);
    String method = request.method().value();
    TreeSet<String> allowed = new TreeSet<>();
    for (Line line : lines) {
      Optional<Map<String, String>> path = fit(line.segments(), segments);
      if (path.isPresent()) {
        if (line.endpoint().method().equals(method)) {
          return new Match(line.endpoint(), path.get());
        }
        allowed.add(line.endpoint().method());
      }
    }
    if (allowed.isEmpty()) {
      throw Problem.notFound("there is nothing at this path");
    }
    String methods = String.join(", ", allowed);
    throw Problem.of(405, "method-not-allowed", "Method not allowed", "allowed here: " + methods)
        .header("Allow", methods);
  }

  /** Decoded after they are cut, empty ones kept: a path with a slash too many fits nothing. */
  private static List<String> segments(HttpRequest request) {
    List<String> segments = new ArrayList<>();
    String current = "";
    Uri.Path rest = request.getUri().asScala().path();
    rest = rest.startsWithSlash() ? rest.tail() : rest;
    while (!rest.isEmpty()) {
      if (rest.startsWithSlash()) {
        segments.add(current);
        current = "";
      } else {
        current = rest.head().toString();
      }
      rest = rest.tail();
    }
    segments.add(current);
    return segments;
  }

  private static Optional<Map<String, String>> fit(List<String> pattern, List<String> segments) {
    if (pattern.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> path = new HashMap<>();
    for (int i = 0; i < pattern.size(); i++) {
      String wanted = pattern.get(i);
      String is = segments.get(i);
      if (wanted.startsWith("{") && !is.isEmpty() && is.indexOf(0) < 0) {
        path.put(wanted.substring(1, wanted.length() - 1), is);
      } else if (!wanted.equals(is)) {
        return Optional.empty();
      }
    }
    return Optional.of(path);
  }
}
