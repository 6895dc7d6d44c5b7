/** A deterministic scan of a change for secrets, missing licences and risky calls. */
@NullMarked
package io.signalbox.agents.hands.policy;

import org.jspecify.annotations.NullMarked;
