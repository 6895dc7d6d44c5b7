/** Requests, answers and problems: what every route is made of. */
@NullMarked
package io.signalbox.http.wire;

import org.jspecify.annotations.NullMarked;
