package io.signalbox.boot.postgres;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pause between two tries, on a thread that may block. */
public final class Pause {
  private static final Logger log = LoggerFactory.getLogger(Pause.class);

  private Pause() {}

  public static void of(Duration length) throws InterruptedIOException {
    try {
      if (!new CountDownLatch(1).await(length.toMillis(), TimeUnit.MILLISECONDS)) {
        log.trace("paused for {}", length);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the database");
    }
  }
}
