/** What pseudonyms stand for. */
@NullMarked
package io.signalbox.runtime.guard;

import org.jspecify.annotations.NullMarked;
