package io.signalbox.runtime.audit;

import io.signalbox.protocol.Json;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Stores a gate's snapshot as JSON under a logical name. */
public final class GateSnapshots extends SerializerWithStringManifest {
  private static final String NAME = "gate-state";

  @Override
  public int identifier() {
    return 7030;
  }

  @Override
  public String manifest(Object state) {
    return NAME;
  }

  @Override
  public byte[] toBinary(Object state) {
    try {
      return Json.MAPPER.writeValueAsBytes(state);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    if (!manifest.equals(NAME)) {
      throw new NotSerializableException("unknown snapshot name " + manifest);
    }
    try {
      return Json.MAPPER.readValue(bytes, GateState.class);
    } catch (IOException e) {
      throw new NotSerializableException("unreadable snapshot of a gate: " + e.getMessage());
    }
  }
}
