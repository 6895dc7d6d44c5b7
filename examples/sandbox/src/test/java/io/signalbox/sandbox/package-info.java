/** What the stand-ins must do as the real services do. */
@NullMarked
package io.signalbox.sandbox;

import org.jspecify.annotations.NullMarked;
