/** An agent's session: a pure loop between model and tools, and the entity that journals it. */
@NullMarked
package io.signalbox.agents.session;

import org.jspecify.annotations.NullMarked;
