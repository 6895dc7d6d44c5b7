package io.signalbox.runtime.judge;

import io.signalbox.protocol.tool.ToolDefinition;
import java.util.List;

/** A tool may be declared to need somebody's yes for every call. */
final class DeclaredApprovers implements Step {
  @Override
  public Opinion judge(Question question) {
    List<String> approvers = question.definition().map(ToolDefinition::approvers).orElse(List.of());
    return approvers.isEmpty()
        ? Opinion.NONE
        : new Opinion.Ask("tool-approvers", approvers, "the tool is declared to need an approval");
  }
}
