/** The Model Context Protocol: servers that are federated, and sessions of clients. */
@NullMarked
package io.signalbox.protocol.mcp;

import org.jspecify.annotations.NullMarked;
