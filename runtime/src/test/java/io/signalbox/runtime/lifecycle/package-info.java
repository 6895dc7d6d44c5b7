@NullMarked
package io.signalbox.runtime.lifecycle;

import org.jspecify.annotations.NullMarked;
