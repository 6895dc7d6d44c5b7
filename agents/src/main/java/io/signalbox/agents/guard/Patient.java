package io.signalbox.agents.guard;

/** A text that may be read so many times and no more: a bound on patterns that run away. */
final class Patient implements CharSequence {
  private final CharSequence text;
  private long left;

  Patient(CharSequence text, long reads) {
    this.text = text;
    this.left = reads;
  }

  /** The pattern has run away. */
  static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public char charAt(int index) {
    if (--left < 0) {
      throw new Exhausted();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
