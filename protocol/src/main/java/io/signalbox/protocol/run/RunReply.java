package io.signalbox.protocol.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.Sent;

/** A run's answer to a command. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reply")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "run", value = RunReply.Is.class),
  @JsonSubTypes.Type(name = "approval", value = RunReply.IsApproval.class),
  @JsonSubTypes.Type(name = "done", value = RunReply.Done.class),
  @JsonSubTypes.Type(name = "refused", value = RunReply.Refused.class),
})
public sealed interface RunReply extends Sent {
  record Is(RunView run) implements RunReply {}

  record IsApproval(ApprovalView approval) implements RunReply {}

  record Done() implements RunReply {}

  record Refused(Refusal refusal) implements RunReply {}
}
