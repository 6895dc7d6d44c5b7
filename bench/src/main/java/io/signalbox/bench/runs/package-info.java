/** How fast workflows of outside steps run, beside peers and the database's own limit. */
@NullMarked
package io.signalbox.bench.runs;

import org.jspecify.annotations.NullMarked;
