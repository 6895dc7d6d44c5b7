/** Brings messages to people: Slack, Microsoft Teams, e-mail and webhooks. */
@NullMarked
package io.signalbox.agents.notify;

import org.jspecify.annotations.NullMarked;
