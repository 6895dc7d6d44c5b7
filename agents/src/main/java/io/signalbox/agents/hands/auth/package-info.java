/** Authentication of calls: basic, bearer, digest, OAuth 2 and OpenID Connect. */
@NullMarked
package io.signalbox.agents.hands.auth;

import org.jspecify.annotations.NullMarked;
