/** Inbound webhooks: signatures, and deliveries turned into CloudEvents. */
@NullMarked
package io.signalbox.http.hooks;

import org.jspecify.annotations.NullMarked;
