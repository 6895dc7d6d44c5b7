/** Deployed workflows, agents and tools. */
@NullMarked
package io.signalbox.protocol.catalog;

import org.jspecify.annotations.NullMarked;
