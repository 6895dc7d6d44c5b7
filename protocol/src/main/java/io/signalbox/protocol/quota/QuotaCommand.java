package io.signalbox.protocol.quota;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.signalbox.protocol.Sent;
import java.time.Instant;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** What a tenant's keeper of quotas can be told. Its entity id is the tenant. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "reserve", value = QuotaCommand.Reserve.class),
  @JsonSubTypes.Type(name = "settle", value = QuotaCommand.Settle.class),
  @JsonSubTypes.Type(name = "drop", value = QuotaCommand.Drop.class),
  @JsonSubTypes.Type(name = "show", value = QuotaCommand.Show.class),
})
public interface QuotaCommand extends Sent {
  EntityTypeKey<QuotaCommand> KEY = EntityTypeKey.create(QuotaCommand.class, "quota");

  /**
   * Before the call. A key that was granted before is granted again without counting twice.
   *
   * @param until after this the call no longer takes a place among those under way
   */
  record Reserve(Bill bill, Instant until, ActorRef<QuotaReply> replyTo) implements QuotaCommand {}

  /**
   * After the call.
   *
   * @param actual what it really drew, if that is known
   */
  record Settle(String key, End end, Optional<Amounts> actual, ActorRef<QuotaReply> replyTo)
      implements QuotaCommand {}

  /** How a call ended. */
  enum End {
    /** It was made. */
    DONE,
    /** It certainly did not happen: what was reserved comes back. */
    FAILED,
    /** Nobody knows: it stays counted. */
    UNKNOWN
  }

  /** Forgets what was counted for a budget that is no more. */
  record Drop(String budget, ActorRef<QuotaReply> replyTo) implements QuotaCommand {}

  /** How a budget stands. */
  record Show(String budget, ActorRef<QuotaReply> replyTo) implements QuotaCommand {}
}
