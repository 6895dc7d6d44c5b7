/** Circuit breaker and bulkhead of each tool. */
@NullMarked
package io.signalbox.agents.hands.fuse;

import org.jspecify.annotations.NullMarked;
