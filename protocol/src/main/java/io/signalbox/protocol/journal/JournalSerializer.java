package io.signalbox.protocol.journal;

import io.signalbox.protocol.Stored;
import io.signalbox.protocol.agent.SessionTurn;
import io.signalbox.protocol.audit.GateTurn;
import io.signalbox.protocol.run.Turn;
import java.io.NotSerializableException;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Stores turns as the bytes their row already holds; the manifest is a logical name. */
public final class JournalSerializer extends SerializerWithStringManifest {
  private static final String RUN = "turn";
  private static final String SESSION = "session-turn";
  private static final String GATE = "gate-turn";

  @Override
  public int identifier() {
    return 7001;
  }

  @Override
  public String manifest(Object row) {
    return switch (((JournalRow<?>) row).turn()) {
      case Turn _ -> RUN;
      case SessionTurn _ -> SESSION;
      case GateTurn _ -> GATE;
      case Stored other -> throw new IllegalArgumentException("no logical name for " + other);
    };
  }

  @Override
  public byte[] toBinary(Object row) {
    return ((JournalRow<?>) row).bytes();
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    return switch (manifest) {
      case RUN -> JournalRow.read(bytes, Turn.class);
      case SESSION -> JournalRow.read(bytes, SessionTurn.class);
      case GATE -> JournalRow.read(bytes, GateTurn.class);
      default -> throw new NotSerializableException("unknown journal name " + manifest);
    };
  }
}
