package io.signalbox.protocol.freeze;

import java.time.Instant;

/**
 * An order to stand still. What it covers begins nothing new on any node until it is taken back,
 * and then goes on where it stopped; nothing fails because of it.
 *
 * @param what it covers: {@code agent}, {@code tool}, {@code namespace} or {@code everything}
 * @param target the name of the agent, tool or namespace; empty for everything
 * @param by the principal that gave the order
 */
public record Freeze(String id, String what, String target, String reason, String by, Instant at) {
  public static final String AGENT = "agent";
  public static final String TOOL = "tool";
  public static final String NAMESPACE = "namespace";
  public static final String EVERYTHING = "everything";

  /** Whether this covers the thing of that kind and name. */
  public boolean covers(String kind, String name) {
    return what.equals(EVERYTHING) || (what.equals(kind) && target.equals(name));
  }

  /** The rule's name, as journals and refusals tell it. */
  public String rule() {
    return "freeze:" + id;
  }

  /** What is frozen, in one word: {@code agent:NAME}, or {@code everything}. */
  public String scope() {
    return target.isEmpty() ? what : what + ":" + target;
  }
}
