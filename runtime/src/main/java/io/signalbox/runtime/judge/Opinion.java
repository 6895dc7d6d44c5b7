package io.signalbox.runtime.judge;

import java.util.List;

/** What one step thinks of a call. */
public sealed interface Opinion {
  /** Nothing to say. */
  Opinion NONE = new Silent();

  record Silent() implements Opinion {}

  /** Fine so far, because of this rule; the last such rule is the one that is journalled. */
  record Allow(String rule) implements Opinion {}

  /** No; nothing after it is looked at. */
  record Refuse(String rule, String why) implements Opinion {}

  /**
   * People must allow it first. Several steps may ask; it is held until all are satisfied.
   *
   * @param approvers entries {@code role:NAME} or {@code user:ID}
   * @param why shown to them
   */
  record Ask(String rule, List<String> approvers, String why) implements Opinion {
    public Ask {
      approvers = List.copyOf(approvers);
    }
  }

  /** Changes nothing, but is journalled: what a rule on trial would have done. */
  record Note(String rule, String what) implements Opinion {}

  /** Several at once, from a step that holds several rules. */
  record Many(List<Opinion> all) implements Opinion {
    public Many {
      all = List.copyOf(all);
    }
  }
}
