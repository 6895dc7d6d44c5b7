package io.signalbox.protocol.tool;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.approval.ApprovalPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A tool as agents and workflows see it, and how it is reached.
 *
 * @param name unique in its tenant, such as {@code jira.create-issue}
 * @param kind {@code http}, {@code sql} or {@code builtin}
 * @param parameters JSON Schema 2020-12 of the arguments
 * @param result JSON Schema of the result, if declared
 * @param approvers when not empty, every call is held until one of them approves; entries are
 *     {@code role:NAME} or {@code user:ID}
 * @param config what the kind needs: an endpoint, a query, ...
 * @param approval how they are asked
 * @param taint what is declared of the trust in its results and of its arguments
 * @param fuse when it is left alone, and how often it is called at once; as configured if absent
 */
public record ToolDefinition(
    String name,
    String kind,
    String description,
    JsonNode parameters,
    Optional<JsonNode> result,
    Risk risk,
    OnUnknownOutcome onUnknownOutcome,
    Duration timeout,
    List<String> approvers,
    JsonNode config,
    Optional<ApprovalPolicy> approval,
    Optional<ToolTaint> taint,
    Optional<ToolFuse> fuse) {
  @JsonCreator
  public ToolDefinition {
    approvers = List.copyOf(approvers);
  }

  /** One with the usual fuse. */
  public ToolDefinition(
      String name,
      String kind,
      String description,
      JsonNode parameters,
      Optional<JsonNode> result,
      Risk risk,
      OnUnknownOutcome onUnknownOutcome,
      Duration timeout,
      List<String> approvers,
      JsonNode config,
      Optional<ApprovalPolicy> approval,
      Optional<ToolTaint> taint) {
    this(
        name,
        kind,
        description,
        parameters,
        result,
        risk,
        onUnknownOutcome,
        timeout,
        approvers,
        config,
        approval,
        taint,
        Optional.empty());
  }

  /** A tool whose approvers are asked without more ado. */
  public ToolDefinition(
      String name,
      String kind,
      String description,
      JsonNode parameters,
      Optional<JsonNode> result,
      Risk risk,
      OnUnknownOutcome onUnknownOutcome,
      Duration timeout,
      List<String> approvers,
      JsonNode config) {
    this(
        name,
        kind,
        description,
        parameters,
        result,
        risk,
        onUnknownOutcome,
        timeout,
        approvers,
        config,
        Optional.empty(),
        Optional.empty());
  }

  /** One of which nothing is declared about trust. */
  public ToolDefinition(
      String name,
      String kind,
      String description,
      JsonNode parameters,
      Optional<JsonNode> result,
      Risk risk,
      OnUnknownOutcome onUnknownOutcome,
      Duration timeout,
      List<String> approvers,
      JsonNode config,
      Optional<ApprovalPolicy> approval) {
    this(
        name,
        kind,
        description,
        parameters,
        result,
        risk,
        onUnknownOutcome,
        timeout,
        approvers,
        config,
        approval,
        Optional.empty());
  }

  /** What is declared of trust, or that nothing is. */
  public ToolTaint trust() {
    return taint.orElse(ToolTaint.NONE);
  }
}
