/** Where calls may go: names by an allow-list, addresses by what kind they are. */
@NullMarked
package io.signalbox.agents.hands.egress;

import org.jspecify.annotations.NullMarked;
