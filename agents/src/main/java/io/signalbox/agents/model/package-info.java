/** Models that think for agents: one interface, several providers, one of them a written script. */
@NullMarked
package io.signalbox.agents.model;

import org.jspecify.annotations.NullMarked;
