package io.signalbox.agents.hands.web;

import io.signalbox.agents.hands.kit.Setback;
import java.util.Optional;

/** How a request shows who sends it. */
public interface Authorization {
  /** The request as it is sent first. */
  Ask sign(Talk talk, Ask ask) throws Setback;

  /** The request once more after it was answered 401, if that may help. */
  Optional<Ask> again(Talk talk, Ask refused, Answer answer) throws Setback;

  /** What stands behind the scheme in the header, where that is known before sending. */
  Optional<String> parameter(Talk talk) throws Setback;

  /** Shows nothing. */
  Authorization NONE =
      new Authorization() {
        @Override
        public Ask sign(Talk talk, Ask ask) {
          return ask;
        }

        @Override
        public Optional<Ask> again(Talk talk, Ask refused, Answer answer) {
          return Optional.empty();
        }

        @Override
        public Optional<String> parameter(Talk talk) {
          return Optional.empty();
        }
      };
}
