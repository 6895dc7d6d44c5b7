package io.signalbox.runtime.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.protocol.blob.KeptJson;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Keeps snapshots of runs as JSON under a logical name; the state itself knows nothing of JSON. */
public final class SnapshotSerializer extends SerializerWithStringManifest {
  private static final String NAME = "run-state/1";

  private static final ObjectMapper MAPPER =
      KeptJson.MAPPER.copy().addMixIn(Work.class, Works.class).addMixIn(Phase.class, Phases.class);

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "work")
  @JsonSubTypes({
    @JsonSubTypes.Type(name = "fresh", value = Work.Fresh.class),
    @JsonSubTypes.Type(name = "sequence", value = Work.Sequence.class),
    @JsonSubTypes.Type(name = "loop", value = Work.Loop.class),
    @JsonSubTypes.Type(name = "forking", value = Work.Forking.class),
    @JsonSubTypes.Type(name = "extending", value = Work.Extending.class),
    @JsonSubTypes.Type(name = "trying", value = Work.Trying.class),
    @JsonSubTypes.Type(name = "waiting", value = Work.Waiting.class),
    @JsonSubTypes.Type(name = "listening", value = Work.Listening.class),
    @JsonSubTypes.Type(name = "consuming", value = Work.Consuming.class),
    @JsonSubTypes.Type(name = "emitting", value = Work.Emitting.class),
    @JsonSubTypes.Type(name = "approving", value = Work.Approving.class),
    @JsonSubTypes.Type(name = "calling", value = Work.Calling.class),
    @JsonSubTypes.Type(name = "held", value = Work.Held.class),
    @JsonSubTypes.Type(name = "returned", value = Work.Returned.class),
    @JsonSubTypes.Type(name = "mapping", value = Work.Mapping.class),
    @JsonSubTypes.Type(name = "item", value = Work.Item.class),
    @JsonSubTypes.Type(name = "undoing", value = Work.Undoing.class),
    @JsonSubTypes.Type(name = "undo", value = Work.Undo.class),
    @JsonSubTypes.Type(name = "leaving", value = Work.Leaving.class),
  })
  private interface Works {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "phase")
  @JsonSubTypes({
    @JsonSubTypes.Type(name = "unstarted", value = Phase.Unstarted.class),
    @JsonSubTypes.Type(name = "running", value = Phase.Running.class),
    @JsonSubTypes.Type(name = "suspended", value = Phase.Suspended.class),
    @JsonSubTypes.Type(name = "frozen", value = Phase.Frozen.class),
    @JsonSubTypes.Type(name = "cancelled", value = Phase.Cancelled.class),
    @JsonSubTypes.Type(name = "faulted", value = Phase.Faulted.class),
    @JsonSubTypes.Type(name = "deleted", value = Phase.Deleted.class),
    @JsonSubTypes.Type(name = "completed", value = Phase.Completed.class),
  })
  private interface Phases {}

  @Override
  public int identifier() {
    return 7002;
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
      return MAPPER.readValue(bytes, RunSnapshot.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
