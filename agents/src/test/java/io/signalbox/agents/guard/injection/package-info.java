/** Tests of the detector of injections, and the program that trains it. */
@NullMarked
package io.signalbox.agents.guard.injection;

import org.jspecify.annotations.NullMarked;
