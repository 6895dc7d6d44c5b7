package io.signalbox.protocol.definition;

/** What of an event a {@code listen} task gives ({@code listen.read}). */
public enum ReadAs {
  /** Its data. */
  DATA,
  /** The event with all its attributes. */
  ENVELOPE,
  /** Its data as text, as it was sent. */
  RAW
}
