@NullMarked
package io.signalbox.runtime.judge;

import org.jspecify.annotations.NullMarked;
