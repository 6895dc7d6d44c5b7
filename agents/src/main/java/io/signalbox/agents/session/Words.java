package io.signalbox.agents.session;

import io.signalbox.protocol.run.Outcome;

/** Outcomes in words a model and a person understand. */
final class Words {
  private Words() {}

  static String of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded done -> done.result().toString();
      case Outcome.Failed failed ->
          "The call was not carried out (%d, %s): %s"
              .formatted(failed.status(), failed.kind(), failed.detail());
      case Outcome.Unknown unknown ->
          "Nobody knows whether the call took effect: " + unknown.detail();
      case Outcome.Absent _ -> "The call did not take effect.";
    };
  }

  static String cut(String text, int longest) {
    return text.length() <= longest
        ? text
        : text.substring(0, longest) + "… [" + (text.length() - longest) + " characters left out]";
  }
}
