package io.signalbox.bench.kit;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A benchmark's command line: {@code --quick}, {@code --json}, and {@code --name value}. */
public record Options(boolean quick, boolean json, Map<String, String> values) {
  public Options {
    values = Map.copyOf(values);
  }

  /** Refuses what is not known. */
  public static Options of(List<String> arguments, Set<String> known) {
    boolean quick = false;
    boolean json = false;
    Map<String, String> values = new HashMap<>();
    for (Iterator<String> it = arguments.iterator(); it.hasNext(); ) {
      String argument = it.next();
      switch (argument) {
        case "--quick" -> quick = true;
        case "--json" -> json = true;
        default -> {
          String name = argument.startsWith("--") ? argument.substring(2) : "";
          if (!known.contains(name) || !it.hasNext()) {
            throw new WrongUsage(
                "there is no option '" + argument + "'; there are --quick, --json " + known);
          }
          values.put(name, it.next());
        }
      }
    }
    return new Options(quick, json, values);
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A whole number, or what to take without one. */
  public int number(String name, int otherwise) {
    try {
      return text(name).map(Integer::parseInt).orElse(otherwise);
    } catch (NumberFormatException e) {
      throw new WrongUsage("--" + name + " takes a number, not '" + values.get(name) + "'");
    }
  }
}
