package io.signalbox.protocol.audit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.signalbox.protocol.Sent;

/** What a gate answers. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reply")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "written", value = GateReply.Written.class),
  @JsonSubTypes.Type(name = "counted", value = GateReply.Counted.class),
})
public sealed interface GateReply extends Sent {
  /** It is in the journal. */
  record Written() implements GateReply {}

  /** The same was noted a moment ago; how often it was repeated will be noted in a while. */
  record Counted() implements GateReply {}
}
