/**
 * One keeper of quotas per tenant: it gathers requests while it writes, decides them together, and
 * journals what it grants before it grants it.
 */
@NullMarked
package io.signalbox.runtime.quota;

import org.jspecify.annotations.NullMarked;
