@NullMarked
package io.signalbox.runtime.taint;

import org.jspecify.annotations.NullMarked;
