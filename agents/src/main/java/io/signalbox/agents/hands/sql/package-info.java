/** Tools of kind sql: one read-only query with bound parameters. */
@NullMarked
package io.signalbox.agents.hands.sql;

import org.jspecify.annotations.NullMarked;
