/** Tests of models. */
@NullMarked
package io.signalbox.agents.model;

import org.jspecify.annotations.NullMarked;
