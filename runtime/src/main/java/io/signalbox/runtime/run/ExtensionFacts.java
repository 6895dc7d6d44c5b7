package io.signalbox.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Outcome;
import java.time.Instant;
import java.util.Optional;

/** What facts about extensions do to the state. Pure and total. */
final class ExtensionFacts {
  private ExtensionFacts() {}

  static RunState extend(RunState s, Fact.TaskExtended f) {
    Activation a = s.get(f.id());
    Cursor none = Cursor.start("", a.input());
    return s.put(a.extended(f.extensions(), new Work.Extending(a.work(), Optional.empty(), none)));
  }

  static RunState begin(RunState s, Fact.ExtensionStarted f) {
    Activation a = s.get(f.id());
    Work.Extending w = (Work.Extending) a.work();
    JsonNode flowing = w.result().map(Work.Extending.Result::output).orElse(a.input());
    return s.put(
        a.with(new Work.Extending(w.inner(), w.result(), Cursor.start(f.steps(), flowing))));
  }

  static RunState enter(RunState s, Fact.TaskEntered f, Instant at) {
    Activation a = s.get(f.id());
    Work inner = ((Work.Extending) a.work()).inner();
    return s.put(
        a.with(
            inner instanceof Work.Trying w
                ? new Work.Trying(w.retries(), w.backoff(), w.handling(), at, w.cursor(), w.until())
                : inner));
  }

  static RunState returned(RunState s, Fact.TaskReturned f) {
    Activation a = s.get(f.id());
    JsonNode output = f.result().orElseGet(() -> known(a));
    return s.put(
        a.with(
            new Work.Extending(
                new Work.Fresh(),
                Optional.of(new Work.Extending.Result(output, f.then())),
                Cursor.start("", output))));
  }

  /** The raw output that the state knows already and that facts need not repeat. */
  static JsonNode known(Activation done) {
    return switch (done.work()) {
      case Work.Returned(Outcome.Succeeded ok) -> ok.result();
      case Work.Extending w -> w.result().map(Work.Extending.Result::output).orElse(done.input());
      case Work.Consuming w -> HearingFacts.output(w);
      case Work _ -> done.input(); // what flows in flows on
    };
  }
}
