package io.signalbox.runtime.run;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.SessionId;
import io.signalbox.protocol.agent.SessionCommand;
import io.signalbox.protocol.definition.EventFilter;
import io.signalbox.protocol.event.CloudEvent;
import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.run.StartRun;
import java.util.List;

/** Something to do outside the run once the journal has its reason. */
public sealed interface Effect {
  record Send(Perform perform) implements Effect {}

  record Tell(SessionId session, SessionCommand command) implements Effect {}

  /** Published under {@code key}; the run is told with {@code Performed} once it is kept. */
  record Publish(String key, CloudEvent event) implements Effect {}

  /** The filters take the place of what was subscribed to before. */
  record Subscribe(String subscription, List<EventFilter> filters) implements Effect {
    public Subscribe {
      filters = List.copyOf(filters);
    }
  }

  record Unsubscribe(String subscription) implements Effect {}

  /** Look for the workflow a task runs; {@code version} may be {@code latest}. */
  record FindChild(String key, String namespace, String name, String version) implements Effect {}

  /** Begin a child run, or hear from it if it has begun already. */
  record StartChild(RunId child, String key, StartRun order) implements Effect {}

  /** End a child run whose task was abandoned. */
  record CancelChild(RunId child, String key) implements Effect {}

  /** Tell the parent how this run ended. */
  record Report(RunId parent, String key, Outcome outcome) implements Effect {}
}
