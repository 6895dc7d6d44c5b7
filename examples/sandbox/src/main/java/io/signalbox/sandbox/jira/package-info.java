/** Jira Cloud's REST API, version 3, as far as a ticket's life needs it. */
@NullMarked
package io.signalbox.sandbox.jira;

import org.jspecify.annotations.NullMarked;
