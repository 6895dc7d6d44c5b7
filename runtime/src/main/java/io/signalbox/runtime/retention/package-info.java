/** What is deleted in time: ended runs, their journals, and values nothing refers to. */
@NullMarked
package io.signalbox.runtime.retention;

import org.jspecify.annotations.NullMarked;
