package io.signalbox.runtime.quota;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.protocol.Json;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Keeps snapshots of quotas as JSON under a logical name. */
public final class QuotaSnapshots extends SerializerWithStringManifest {
  private static final String NAME = "quota-state/1";
  private static final ObjectMapper MAPPER = Json.MAPPER;

  @Override
  public int identifier() {
    return 7031;
  }

  @Override
  public String manifest(Object snapshot) {
    return NAME;
  }

  @Override
  public byte[] toBinary(Object snapshot) {
    try {
      return MAPPER.writeValueAsBytes(snapshot);
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
      return MAPPER.readValue(bytes, QuotaEntity.Kept.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
