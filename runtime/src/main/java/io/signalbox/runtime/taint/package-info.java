/** Who steered a call: which content it comes from, argument by argument. Pure. */
@NullMarked
package io.signalbox.runtime.taint;

import org.jspecify.annotations.NullMarked;
