package io.signalbox.protocol.tool;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a tool's administrator says of what comes out of it and what its arguments do.
 *
 * @param trusted whether its results may decide where effects go
 * @param trustedFields names of fields of its results that may, though the rest may not
 * @param sensitive whether its results are nobody's business outside
 * @param outside whether a call tells the outside something, though it counts as a read
 * @param arguments what arguments are, by name: {@code destination}, {@code object}, {@code power},
 *     {@code address}, {@code detail} or {@code payload}; the rest is seen from name and value
 * @param onTainted {@code ask}, {@code block} or {@code allow} when what was read steers a call;
 *     the tenant's policy decides where it is absent
 */
public record ToolTaint(
    boolean trusted,
    List<String> trustedFields,
    boolean sensitive,
    boolean outside,
    Map<String, String> arguments,
    Optional<String> onTainted) {
  /** Nothing declared: nothing is trusted. */
  public static final ToolTaint NONE =
      new ToolTaint(false, List.of(), false, false, Map.of(), Optional.empty());

  public ToolTaint {
    trustedFields = List.copyOf(trustedFields);
    arguments = Map.copyOf(arguments);
  }
}
