/** Secrets and personal data in text: by form, and by check digits where there are any. */
@NullMarked
package io.signalbox.agents.guard.sensitive;

import org.jspecify.annotations.NullMarked;
