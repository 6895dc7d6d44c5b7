package io.signalbox.runtime.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The Merkle tree over all heads: leaves in order of appearance, {@link #WIDTH} of them under a
 * node, and so on up to one node. Leaves, nodes and the root are hashed with different beginnings,
 * so that none passes for another. Entities that change together mostly appeared together, so a
 * change touches few nodes.
 */
final class Tree {
  static final int WIDTH = 64;

  private Tree() {}

  /** One entity's last row, as a leaf. */
  static String leaf(Head head) {
    return hash(
        "leaf\n%d\n%s\n%d\n%s\n".formatted(head.ordinal(), head.id(), head.seq(), head.digest()));
  }

  /** What stands over these, in their order. */
  static String node(List<String> below) {
    return hash("node\n" + String.join("\n", below) + "\n");
  }

  static String root(long leaves, String top) {
    return hash("root\n" + leaves + "\n" + top + "\n");
  }

  /** The root over all leaves at once, as a verifier computes it. */
  static String root(List<String> leaves) {
    List<String> level = leaves;
    while (level.size() > 1) {
      List<String> above = new ArrayList<>(level.size() / WIDTH + 1);
      for (int from = 0; from < level.size(); from += WIDTH) {
        above.add(node(level.subList(from, Math.min(level.size(), from + WIDTH))));
      }
      level = above;
    }
    return root(leaves.size(), level.isEmpty() ? "" : level.getFirst());
  }

  /** Hex SHA-256. */
  static String hash(String text) {
    return digest(text.getBytes(StandardCharsets.UTF_8));
  }

  static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
