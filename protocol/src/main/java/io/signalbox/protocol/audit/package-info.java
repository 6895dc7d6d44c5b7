/** The audit trail: what is noted, in which words, and how it is checked. */
@NullMarked
package io.signalbox.protocol.audit;

import org.jspecify.annotations.NullMarked;
