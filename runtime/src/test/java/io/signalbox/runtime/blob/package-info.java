@NullMarked
package io.signalbox.runtime.blob;

import org.jspecify.annotations.NullMarked;
