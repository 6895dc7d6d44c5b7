package io.signalbox.runtime.view;

import io.signalbox.protocol.Fault;
import io.signalbox.protocol.Refusal;
import java.util.List;

/** A query that cannot be answered because of what it says. */
final class BadQuery extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Fault fault;

  private BadQuery(Fault fault) {
    super(fault.pointer() + " " + fault.message());
    this.fault = fault;
  }

  static BadQuery of(String pointer, String message) {
    return new BadQuery(new Fault(pointer, message));
  }

  static BadQuery of(String pointer, String message, Exception cause) {
    BadQuery bad = of(pointer, message);
    bad.initCause(cause);
    return bad;
  }

  Refusal refusal() {
    return new Refusal.Invalid("the list cannot be asked for like this", List.of(fault));
  }
}
