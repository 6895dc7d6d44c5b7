/** Many runs that wait for events: what they cost in memory, and how soon each wakes up. */
@NullMarked
package io.signalbox.bench.listen;

import org.jspecify.annotations.NullMarked;
