/** What the gateway was told: files, environment and arguments, checked once. */
@NullMarked
package io.signalbox.boot.config;

import org.jspecify.annotations.NullMarked;
