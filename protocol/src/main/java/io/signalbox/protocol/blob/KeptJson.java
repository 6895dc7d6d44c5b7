package io.signalbox.protocol.blob;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.protocol.Json;

/** The dialect of JSON in which things are stored: as everywhere, but claims stay claims. */
public final class KeptJson {
  public static final ObjectMapper MAPPER = Json.MAPPER.copy().registerModule(new ClaimModule());

  private KeptJson() {}
}
