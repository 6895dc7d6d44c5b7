/** The GitHub connector (REST, version 2022-11-28). */
@NullMarked
package io.signalbox.agents.hands.github;

import org.jspecify.annotations.NullMarked;
