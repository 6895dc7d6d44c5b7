/** Tests of the parts of sql tools. */
@NullMarked
package io.signalbox.agents.hands.sql;

import org.jspecify.annotations.NullMarked;
