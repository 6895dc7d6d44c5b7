/** Lists, search, histories and traces, read from the journal without gaps. */
@NullMarked
package io.signalbox.runtime.view;

import org.jspecify.annotations.NullMarked;
