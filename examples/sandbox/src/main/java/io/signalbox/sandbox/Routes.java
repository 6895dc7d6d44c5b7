package io.signalbox.sandbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Methods and path templates such as {@code /issue/{key}/comment}, each with its operation. */
public final class Routes {
  private record Route(String method, List<String> template, String operation, Handler handler) {}

  /** Answers a request whose path matched. */
  @FunctionalInterface
  public interface Handler extends Function<Match, Answer> {}

  /** A request and what its path held in the template's places. */
  public record Match(Request request, Map<String, String> places) {
    public Match {
      places = Map.copyOf(places);
    }

    public String at(String place) {
      return places.getOrDefault(place, "");
    }
  }

  private final List<Route> routes = new ArrayList<>();

  public Routes on(String method, String template, String operation, Handler handler) {
    routes.add(new Route(method, segments(template), operation, handler));
    return this;
  }

  /** The answer of the first route that matches. */
  public Optional<Answer> answer(Request request) {
    return routes.stream()
        .flatMap(
            route ->
                places(route, request)
                    .map(places -> route.handler().apply(new Match(request, places)))
                    .stream())
        .findFirst();
  }

  public String operation(Request request) {
    return routes.stream()
        .filter(route -> places(route, request).isPresent())
        .map(Route::operation)
        .findFirst()
        .orElse("unknown");
  }

  private static Optional<Map<String, String>> places(Route route, Request request) {
    if (!route.method().equals(request.method())
        || route.template().size() != request.path().size()) {
      return Optional.empty();
    }
    Map<String, String> places = new HashMap<>();
    for (int i = 0; i < route.template().size(); i++) {
      String wanted = route.template().get(i);
      String given = request.path().get(i);
      if (wanted.startsWith("{")) {
        places.put(wanted.substring(1, wanted.length() - 1), given);
      } else if (!wanted.equals(given)) {
        return Optional.empty();
      }
    }
    return Optional.of(places);
  }

  private static List<String> segments(String template) {
    return List.of(template.substring(1).split("/", -1));
  }
}
