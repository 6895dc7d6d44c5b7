package io.signalbox.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A node's claim to its data folder, held for as long as the process lives. */
record Claim(FileLock lock) implements AutoCloseable {
  /** Fails where another process holds the folder for the same node. */
  static Claim of(Path data, int node) throws IOException {
    FileChannel channel =
        FileChannel.open(
            data.resolve("node-" + node + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new Claim(lock);
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException(inUse(data), e);
    }
    channel.close();
    throw new IOException(inUse(data));
  }

  private static String inUse(Path data) {
    return "another gateway runs on the data folder "
        + data
        + "; give this one its own with --data";
  }

  @Override
  public void close() {
    try {
      lock.acquiredBy().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
