package io.signalbox.protocol.blob;

/** A claim whose value the tenant does not have. */
public final class MissingBlob extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MissingBlob(Claim claim) {
    super("there is no value with digest " + claim.digest());
  }
}
