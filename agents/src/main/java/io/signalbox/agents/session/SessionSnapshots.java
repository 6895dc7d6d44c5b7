package io.signalbox.agents.session;

import io.signalbox.protocol.blob.KeptJson;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Stores a session's snapshot as JSON under a logical name. */
public final class SessionSnapshots extends SerializerWithStringManifest {
  private static final String NAME = "session-state";

  @Override
  public int identifier() {
    return 7020;
  }

  @Override
  public String manifest(Object state) {
    return NAME;
  }

  @Override
  public byte[] toBinary(Object state) {
    try {
      return KeptJson.MAPPER.writeValueAsBytes(state);
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
      return KeptJson.MAPPER.readValue(bytes, SessionState.class);
    } catch (IOException e) {
      throw new NotSerializableException("unreadable snapshot of a session: " + e.getMessage());
    }
  }
}
