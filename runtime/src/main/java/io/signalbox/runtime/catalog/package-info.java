/** Deployed workflows, agents and tools, and the node's current view of them. */
@NullMarked
package io.signalbox.runtime.catalog;

import org.jspecify.annotations.NullMarked;
