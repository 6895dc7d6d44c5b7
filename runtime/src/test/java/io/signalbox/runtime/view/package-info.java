/** What the views make of facts. */
@NullMarked
package io.signalbox.runtime.view;

import org.jspecify.annotations.NullMarked;
