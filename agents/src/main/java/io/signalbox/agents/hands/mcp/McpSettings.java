package io.signalbox.agents.hands.mcp;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How servers of the Model Context Protocol are reached; hands.conf says what each key means.
 *
 * @param most connections of one node
 * @param recheck how old a connection's list of tools may be when one of them is called
 * @param clientPatience how long a client may take to answer what a server asks it
 */
public record McpSettings(
    int most,
    Duration idle,
    Duration connectTimeout,
    Duration recheck,
    Duration watch,
    Duration retryShortest,
    Duration retryLongest,
    Duration clientPatience,
    int maxMessageBytes,
    int maxItems,
    Stdio stdio) {
  /**
   * Servers that are processes of the gateway's own.
   *
   * @param commands programs that may be started; empty for any
   * @param user numeric user and group to become, {@code UID:GID}
   */
  public record Stdio(
      boolean enabled,
      List<String> commands,
      int atOnce,
      long memory,
      int files,
      long fileSize,
      Optional<String> user) {
    public Stdio {
      commands = List.copyOf(commands);
      if (atOnce < 1 || memory < 1 || files < 1 || fileSize < 0) {
        throw new IllegalArgumentException("mcp.stdio: every limit must be 1 or more");
      }
    }

    static Stdio from(Config stdio) {
      return new Stdio(
          stdio.getBoolean("enabled"),
          stdio.getStringList("commands"),
          stdio.getInt("at-once"),
          stdio.getBytes("memory"),
          stdio.getInt("files"),
          stdio.getBytes("file-size"),
          Optional.of(stdio.getString("user")).filter(it -> !it.isBlank()));
    }
  }

  public McpSettings {
    if (most < 1 || maxItems < 1 || maxMessageBytes < 1024) {
      throw new IllegalArgumentException(
          "mcp: most and max-items must be 1 or more, max-message-bytes at least 1 KiB");
    }
    for (Duration it :
        List.of(
            idle, connectTimeout, recheck, watch, retryShortest, retryLongest, clientPatience)) {
      if (!it.isPositive()) {
        throw new IllegalArgumentException("mcp: every duration must be positive");
      }
    }
  }

  /** From {@code signalbox.agents.hands.mcp}. */
  public static McpSettings from(Config mcp) {
    return new McpSettings(
        mcp.getInt("most"),
        mcp.getDuration("idle"),
        mcp.getDuration("connect-timeout"),
        mcp.getDuration("recheck"),
        mcp.getDuration("watch"),
        mcp.getDuration("retry-shortest"),
        mcp.getDuration("retry-longest"),
        mcp.getDuration("client-patience"),
        Math.toIntExact(mcp.getBytes("max-message-bytes")),
        mcp.getInt("max-items"),
        Stdio.from(mcp.getConfig("stdio")));
  }
}
