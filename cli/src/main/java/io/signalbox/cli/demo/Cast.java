package io.signalbox.cli.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** All that the demo started, ended in reverse order, also when the demo itself is interrupted. */
final class Cast implements AutoCloseable {
  private final Place place;
  private final Deque<Runnable> endings = new ArrayDeque<>();
  private final Thread hook = Thread.ofPlatform().name("end").unstarted(this::end);
  private boolean keep;

  Cast(Place place) {
    this.place = place;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  synchronized <T> T add(T member, Consumer<T> ending) {
    endings.push(() -> ending.accept(member));
    return member;
  }

  /** There is something to look at in the folder. */
  synchronized void keepFolder() {
    keep = true;
  }

  private synchronized void end() {
    while (!endings.isEmpty()) {
      endings.pop().run();
    }
    if (!keep) {
      keep = true;
      place.delete();
    }
  }

  @Override
  public void close() {
    end();
    if (!hook.isAlive()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
