/** Lists and search, read from the journal. */
@NullMarked
package io.signalbox.protocol.view;

import org.jspecify.annotations.NullMarked;
