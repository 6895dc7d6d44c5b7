package io.signalbox.agents.guard.sensitive;

import java.util.List;

/** Finds one kind of sensitive data. Pure, and linear in the length of the text. */
@FunctionalInterface
interface Detector {
  List<Hit> find(String text);
}
