/** The views and the waker on a real database. */
@NullMarked
package io.signalbox.boot.views;

import org.jspecify.annotations.NullMarked;
