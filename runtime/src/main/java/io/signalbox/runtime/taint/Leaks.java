package io.signalbox.runtime.taint;

import java.util.Set;

/** Whether an address carries something away that was read elsewhere. */
final class Leaks {
  private Leaks() {}

  static boolean carries(String url, Read read, String line) {
    int query = url.indexOf('?');
    if (query < 0) {
      return false;
    }
    Set<String> codes = Payload.codes(url.substring(query));
    return codes.stream()
        .anyMatch(
            code ->
                read.all().stream()
                    .anyMatch(
                        print ->
                            print.said().stream().noneMatch(s -> s.has(line))
                                && (print.said().stream().anyMatch(s -> !s.hidden() && s.has(code))
                                    || print.entries().stream()
                                        .anyMatch(e -> e.line().equals(code)))));
  }
}
