/** The Jira Cloud connector (REST v3). */
@NullMarked
package io.signalbox.agents.hands.jira;

import org.jspecify.annotations.NullMarked;
