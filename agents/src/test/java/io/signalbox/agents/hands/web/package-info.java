/** Tests of the parts of plain HTTP. */
@NullMarked
package io.signalbox.agents.hands.web;

import org.jspecify.annotations.NullMarked;
