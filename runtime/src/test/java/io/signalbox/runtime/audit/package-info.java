@NullMarked
package io.signalbox.runtime.audit;

import org.jspecify.annotations.NullMarked;
