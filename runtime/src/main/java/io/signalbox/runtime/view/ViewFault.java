package io.signalbox.runtime.view;

/** The journal does not hold what it must; the views stop here rather than show something wrong. */
final class ViewFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ViewFault(String what) {
    super(what);
  }

  ViewFault(String what, Throwable cause) {
    super(what, cause);
  }
}
