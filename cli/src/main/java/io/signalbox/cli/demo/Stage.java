package io.signalbox.cli.demo;

import io.signalbox.cli.HistoryEvent;
import io.signalbox.cli.HistoryLine;
import io.signalbox.cli.Ink;
import java.io.PrintStream;

/** Where the demo tells its story; lines never mix. */
final class Stage {
  private final PrintStream out = System.out;
  private int chapter;

  synchronized void chapter(String title) {
    chapter++;
    out.println();
    out.println(Ink.BOLD.on(chapter + ". " + title));
  }

  synchronized void note(String text) {
    out.println("   " + text);
  }

  synchronized void good(String text) {
    out.println("   " + Ink.GREEN.on("✔") + " " + text);
  }

  synchronized void bad(String text) {
    out.println("   " + Ink.RED.on("✘ " + text));
  }

  synchronized void blow(String text) {
    out.println("   " + Ink.RED.on("✖ " + text));
  }

  synchronized void event(HistoryEvent event) {
    if (HistoryLine.worthShowing(event)) {
      out.println("   " + HistoryLine.of(event));
    }
  }

  PrintStream out() {
    return out;
  }
}
