/** Agents and their sessions: definitions, commands and journalled facts. */
@NullMarked
package io.signalbox.protocol.agent;

import org.jspecify.annotations.NullMarked;
