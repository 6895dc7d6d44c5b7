/** What every benchmark needs: a database, a server, callers, figures. */
@NullMarked
package io.signalbox.bench.kit;

import org.jspecify.annotations.NullMarked;
