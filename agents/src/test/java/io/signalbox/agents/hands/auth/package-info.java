@NullMarked
package io.signalbox.agents.hands.auth;

import org.jspecify.annotations.NullMarked;
