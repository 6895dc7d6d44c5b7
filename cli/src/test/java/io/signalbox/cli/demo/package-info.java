/** What the demo must notice. */
@NullMarked
package io.signalbox.cli.demo;

import org.jspecify.annotations.NullMarked;
