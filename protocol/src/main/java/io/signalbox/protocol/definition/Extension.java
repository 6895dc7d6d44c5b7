package io.signalbox.protocol.definition;

import java.util.Optional;

/**
 * An extension of the DSL ({@code use.extensions}): tasks around other tasks.
 *
 * @param pointer where it stands, such as {@code /use/extensions/0/logging}
 * @param extend the kind of task it extends, {@code composite} (do and fork) or {@code all}
 * @param when an expression that must hold for it to apply
 */
public record Extension(
    String pointer,
    String extend,
    Optional<String> when,
    Optional<Steps> before,
    Optional<Steps> after) {
  /** Whether it extends tasks of this kind, told by the property that makes it one. */
  public boolean extendsKind(String kind) {
    return switch (extend) {
      case "all" -> true;
      case "composite" -> kind.equals("do") || kind.equals("fork");
      case String one -> one.equals(kind);
    };
  }
}
