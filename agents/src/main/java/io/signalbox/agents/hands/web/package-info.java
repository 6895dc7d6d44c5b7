/** Plain HTTP: one exchange on the wire, HTTP calls of workflows, tools of kind http. */
@NullMarked
package io.signalbox.agents.hands.web;

import org.jspecify.annotations.NullMarked;
