/** What the build holds every room to; each rule is shown a fixture that breaks it. */
@NullMarked
package io.signalbox.architecture;

import org.jspecify.annotations.NullMarked;
