package io.signalbox.runtime.run;

import io.signalbox.protocol.definition.EventFilter;
import io.signalbox.protocol.run.Fact;
import java.util.List;

/** What a run subscribes to when it begins to listen. Pure. */
public final class Subscribed {
  private Subscribed() {}

  /** The filters, those that end the listening among them. */
  public static List<EventFilter> to(Fact.ListenStarted fact) {
    return fact.listening().map(HearingFacts::all).orElse(List.of(fact.filter()));
  }
}
