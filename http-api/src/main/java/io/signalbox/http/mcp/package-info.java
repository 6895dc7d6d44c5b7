/** Sessions of MCP clients and the words of the protocol. */
@NullMarked
package io.signalbox.http.mcp;

import org.jspecify.annotations.NullMarked;
