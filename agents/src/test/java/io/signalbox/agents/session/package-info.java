/** Tests of sessions. */
@NullMarked
package io.signalbox.agents.session;

import org.jspecify.annotations.NullMarked;
