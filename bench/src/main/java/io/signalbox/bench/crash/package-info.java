/** The server is killed again and again under load, and nothing is lost or done twice unnoticed. */
@NullMarked
package io.signalbox.bench.crash;

import org.jspecify.annotations.NullMarked;
