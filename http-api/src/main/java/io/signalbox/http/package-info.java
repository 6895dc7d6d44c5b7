/** The HTTP room: the REST API, its streams and webhooks, and who may enter. */
@NullMarked
package io.signalbox.http;

import org.jspecify.annotations.NullMarked;
