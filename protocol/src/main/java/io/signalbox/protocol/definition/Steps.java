package io.signalbox.protocol.definition;

import java.util.List;
import java.util.Optional;

/** A list of steps that run one after the other; {@code pointer} is where the list stands. */
public record Steps(String pointer, List<Step> list) {
  public Steps {
    list = List.copyOf(list);
  }

  public Optional<Step> named(String name) {
    return list.stream().filter(step -> step.name().equals(name)).findFirst();
  }

  /** The step after the one at this pointer, in the order they are written. */
  public Optional<Step> after(String pointer) {
    for (int i = 0; i < list.size() - 1; i++) {
      if (list.get(i).pointer().equals(pointer)) {
        return Optional.of(list.get(i + 1));
      }
    }
    return Optional.empty();
  }
}
