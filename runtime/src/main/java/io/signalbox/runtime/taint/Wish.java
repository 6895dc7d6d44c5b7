package io.signalbox.runtime.taint;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.tool.ToolDefinition;

/** The call an agent wants. */
public record Wish(ToolDefinition tool, JsonNode arguments) {}
