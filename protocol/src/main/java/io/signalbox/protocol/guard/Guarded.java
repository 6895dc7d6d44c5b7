package io.signalbox.protocol.guard;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What the guardrails made of a call or message, journalled with its outcome.
 *
 * @param approvers who is asked when it is held
 * @param micros how long the looking took, in microseconds
 */
public record Guarded(
    Verdict verdict, List<Finding> findings, List<String> approvers, long micros) {
  /** The most findings that are told of one content; the rest are as good as these. */
  public static final int MOST = 100;

  public Guarded {
    findings = List.copyOf(findings.subList(0, Math.min(MOST, findings.size())));
    approvers = List.copyOf(approvers);
  }

  /** Whether the content went on. */
  public enum Verdict {
    @JsonProperty("passed")
    PASSED,
    @JsonProperty("blocked")
    BLOCKED,
    @JsonProperty("held")
    HELD
  }
}
