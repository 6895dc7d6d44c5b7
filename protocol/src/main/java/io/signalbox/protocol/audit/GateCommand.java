package io.signalbox.protocol.audit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.signalbox.protocol.Sent;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** What a gate can be told. Its entity id is a {@link GateId}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "enter", value = GateCommand.Enter.class),
})
public interface GateCommand extends Sent {
  EntityTypeKey<GateCommand> KEY = EntityTypeKey.create(GateCommand.class, "gate");

  /**
   * Writes the note down.
   *
   * @param id of the note, unique
   * @param replyTo told once the note is in the journal, or counted with others like it
   */
  record Enter(String id, AuditNote note, Optional<ActorRef<GateReply>> replyTo)
      implements GateCommand {}
}
