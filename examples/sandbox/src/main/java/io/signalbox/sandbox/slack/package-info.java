/** Slack's Web API as far as posting, updating and reading messages needs it. */
@NullMarked
package io.signalbox.sandbox.slack;

import org.jspecify.annotations.NullMarked;
