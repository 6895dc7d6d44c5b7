@NullMarked
package io.signalbox.protocol.blob;

import org.jspecify.annotations.NullMarked;
