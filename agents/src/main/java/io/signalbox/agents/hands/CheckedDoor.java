package io.signalbox.agents.hands;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.blob.Blobs;
import io.signalbox.protocol.run.RunCommand;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps large values before what refers to them goes to the run. While the database is away it
 * tries again for about a minute; then the news is dropped, and its run, which has heard nothing,
 * treats the call as one whose outcome is unknown.
 */
public final class CheckedDoor implements RunDoor {
  private static final Logger LOG = LoggerFactory.getLogger(CheckedDoor.class);
  private static final int TRIES = 30;
  private static final Executor LATER = CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS);

  private final RunDoor door;
  private final Blobs blobs;

  private CheckedDoor(RunDoor door, Blobs blobs) {
    this.door = door;
    this.blobs = blobs;
  }

  /** In front of another door. */
  public static RunDoor before(RunDoor door, Blobs blobs) {
    return new CheckedDoor(door, blobs);
  }

  @Override
  public void tell(RunId run, RunCommand command) {
    tell(run, command, 1);
  }

  private void tell(RunId run, RunCommand command, int tries) {
    var _ =
        blobs
            .checkIn(run.tenant(), command)
            .whenComplete(
                (light, failure) -> {
                  if (failure == null) {
                    door.tell(run, light);
                  } else if (tries < TRIES) {
                    LOG.warn(
                        "cannot keep a large value for run {} yet: {}", run, failure.toString());
                    LATER.execute(() -> tell(run, command, tries + 1));
                  } else {
                    LOG.error("gave up keeping a large value for run {}", run, failure);
                  }
                });
  }
}
