package io.signalbox.agents.hands.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process from its start to its end. Blocks; for virtual threads. */
final class Run {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);
  private static final Duration MOMENT = Duration.ofSeconds(2);

  private final Process process;
  private final List<String> after;
  private final long most;
  private final AtomicBoolean flooding = new AtomicBoolean();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** How it came to its end. */
  enum How {
    BY_ITSELF,
    LATE,
    FLOODING
  }

  /** What is left of it; output without the last line's end. */
  record Ended(How how, int code, String stdout, String stderr) {}

  private Run(Process process, List<String> after, long most) {
    this.process = process;
    this.after = after;
    this.most = most;
  }

  static Ended of(ProcessSettings settings, Launch launch, Workplace place, Duration time)
      throws IOException {
    List<String> line = Bounds.around(settings, launch.limits(), launch.command());
    ProcessBuilder builder = new ProcessBuilder(line).directory(place.folder().toFile());
    builder.environment().clear();
    builder.environment().putAll(launch.environment());
    builder.environment().putIfAbsent("PATH", settings.path());
    builder.environment().putIfAbsent("HOME", place.folder().toString());
    builder.environment().putIfAbsent("TMPDIR", place.folder().toString());
    Run run = new Run(builder.start(), launch.after(), settings.limits().output());
    return run.toItsEnd(launch.stdin().orElse(""), time);
  }

  private Ended toItsEnd(String stdin, Duration time) throws IOException {
    Thread feeding = Thread.startVirtualThread(() -> feed(stdin));
    Thread hearing = Thread.startVirtualThread(() -> read(process.getInputStream(), out));
    Thread heeding = Thread.startVirtualThread(() -> read(process.getErrorStream(), err));
    try {
      boolean ended = process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
      // also after a good end: nothing that it started stays behind, or holds its output open
      kill(!ended);
      process.waitFor(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
      hearing.join(MOMENT);
      heeding.join(MOMENT);
      How how = flooding.get() ? How.FLOODING : ended ? How.BY_ITSELF : How.LATE;
      return new Ended(how, ended ? process.exitValue() : -1, text(out), text(err));
    } catch (InterruptedException e) {
      kill(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a process was running", e);
    } finally {
      feeding.interrupt();
    }
  }

  private void feed(String stdin) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(stdin.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.debug("process {} did not read all of its input: {}", process.pid(), e.toString());
    }
  }

  private void read(InputStream from, ByteArrayOutputStream to) {
    byte[] buffer = new byte[8192];
    try (from) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        synchronized (to) {
          if (to.size() + n > most) {
            flooding.set(true);
            kill(true);
            return;
          }
          to.write(buffer, 0, n);
        }
      }
    } catch (IOException e) {
      LOG.debug("output of process {} ends: {}", process.pid(), e.toString());
    }
  }

  private static String text(ByteArrayOutputStream bytes) {
    synchronized (bytes) {
      String text = bytes.toString(StandardCharsets.UTF_8);
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
  }

  /** It leads a group of its own, which is killed as one. */
  private void kill(boolean hard) {
    try {
      new ProcessBuilder("kill", "-KILL", "--", "-" + process.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
      if (hard) {
        process.destroyForcibly();
        if (!after.isEmpty()) {
          new ProcessBuilder(after)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (IOException e) {
      LOG.warn("process group {} may still run: {}", process.pid(), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
