package io.signalbox.http;

import io.signalbox.http.wire.Fields;
import io.signalbox.protocol.approval.ApprovalPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how a tool's approvers are asked. */
final class ApprovalPolicies {
  private static final Pattern APPROVER = Pattern.compile("(role|user):\\S{1,128}");

  private ApprovalPolicies() {}

  /** The field {@code approval}, if it is there. */
  static Optional<ApprovalPolicy> read(Fields fields, List<String> approvers) {
    if (fields.object("approval").isEmpty()) {
      return Optional.empty();
    }
    if (approvers.isEmpty()) {
      fields.fault("approval", "says how approvers are asked, but approvers is empty");
    }
    Fields inside = fields.inside("approval");
    Optional<Duration> expires = inside.duration("expires");
    if (expires.map(it -> !it.isPositive()).orElse(false)) {
      inside.fault("expires", "must be longer than nothing");
    }
    List<ApprovalPolicy.Step> steps = new ArrayList<>();
    for (Fields step : inside.list("escalate")) {
      step.need("after");
      Duration after = step.duration("after").orElse(Duration.ZERO);
      List<String> to = step.texts("to");
      if (to.isEmpty() || !to.stream().allMatch(it -> APPROVER.matcher(it).matches())) {
        step.fault("to", "must name role:NAME or user:ID");
      }
      steps.add(new ApprovalPolicy.Step(after, to, step.texts("notify")));
    }
    return Optional.of(
        new ApprovalPolicy(
            inside.integer("quorum", 1, 1, 100),
            inside.flag("reasonRequired", false),
            inside.flag("excludeOwner", false),
            inside.flag("delegable", true),
            expires,
            steps,
            inside.texts("notify")));
  }
}
