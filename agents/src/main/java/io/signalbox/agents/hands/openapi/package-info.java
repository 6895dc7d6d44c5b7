/** OpenAPI documents (2.0, 3.0 and 3.1), as far as it takes to make a request of an operation. */
@NullMarked
package io.signalbox.agents.hands.openapi;

import org.jspecify.annotations.NullMarked;
