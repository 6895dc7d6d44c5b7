/** Tokens of OpenID Connect issuers: whether they hold, and who comes with them. */
@NullMarked
package io.signalbox.runtime.tokens;

import org.jspecify.annotations.NullMarked;
