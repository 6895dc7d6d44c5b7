/** jq expressions: deterministic, bounded, checked when a definition is deployed. */
@NullMarked
package io.signalbox.runtime.expression;

import org.jspecify.annotations.NullMarked;
