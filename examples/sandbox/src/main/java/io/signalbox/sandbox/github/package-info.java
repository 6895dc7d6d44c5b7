/** GitHub's REST API as far as a review of a pull request needs it. */
@NullMarked
package io.signalbox.sandbox.github;

import org.jspecify.annotations.NullMarked;
