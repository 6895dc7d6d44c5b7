/** How many calls one tenant's keeper of quotas decides. */
@NullMarked
package io.signalbox.bench.quota;

import org.jspecify.annotations.NullMarked;
