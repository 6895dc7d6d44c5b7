/** What guardrails are told and what they found; never the content they found it in. */
@NullMarked
package io.signalbox.protocol.guard;

import org.jspecify.annotations.NullMarked;
