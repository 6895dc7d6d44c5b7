package io.signalbox.runtime.taint;

import io.signalbox.protocol.tool.ToolDefinition;
import java.util.List;

/**
 * What an agent goes by when it wants a call.
 *
 * @param tasks what the one it works for asked, oldest first
 * @param standing what its definition says: role, goal, instructions
 * @param read what it has read so far, in order
 * @param tools what it knows, whose descriptions it has read too
 */
public record Setting(
    List<String> tasks, List<String> standing, List<Content> read, List<ToolDefinition> tools) {
  public Setting {
    tasks = List.copyOf(tasks);
    standing = List.copyOf(standing);
    read = List.copyOf(read);
    tools = List.copyOf(tools);
  }
}
