/** The Slack connector (Web API). */
@NullMarked
package io.signalbox.agents.hands.slack;

import org.jspecify.annotations.NullMarked;
