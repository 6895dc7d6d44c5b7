package io.signalbox.agents.hands.policy;

import java.util.List;
import java.util.Locale;

/** A file of a diff as it is after the change: only what was added. */
record ChangedFile(String path, boolean isNew, List<Added> added) {
  /** An added line and its number in the file after the change. */
  record Added(int number, String text) {}

  ChangedFile {
    added = List.copyOf(added);
  }

  /** Without the dot, in lower case; empty if there is none. */
  String extension() {
    var name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
