@NullMarked
package io.signalbox.runtime.retention;

import org.jspecify.annotations.NullMarked;
