package io.signalbox.protocol.run;

import io.signalbox.protocol.definition.Consumption;
import io.signalbox.protocol.definition.ReadAs;

/**
 * What a run listens for, its expressions evaluated where they do not depend on the event.
 *
 * @param each whether every event passes through tasks of its own before it counts as consumed
 */
public record Listening(Consumption to, ReadAs read, boolean each) {}
