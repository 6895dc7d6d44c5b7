/** A stand-in for GitHub, Jira and Slack on this machine: their shapes and errors, no more. */
@NullMarked
package io.signalbox.sandbox;

import org.jspecify.annotations.NullMarked;
