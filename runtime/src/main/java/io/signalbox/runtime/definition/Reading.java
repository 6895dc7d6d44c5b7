package io.signalbox.runtime.definition;

import io.signalbox.protocol.Fault;
import io.signalbox.protocol.definition.Definition;
import java.util.List;

/** What came of reading a definition. */
public sealed interface Reading {
  /** It may be deployed. */
  record Valid(Definition definition) implements Reading {}

  /** It may not; every fault at once. */
  record Faulty(List<Fault> faults) implements Reading {
    public Faulty {
      faults = List.copyOf(faults);
    }
  }
}
