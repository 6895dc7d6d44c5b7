package io.signalbox.protocol.definition;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A flow directive: where control goes once a task is done. */
public sealed interface Flow {
  /** The directive as the DSL writes it. */
  @JsonValue
  String text();

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Flow parse(String text) {
    return switch (text) {
      case "continue" -> new Continue();
      case "exit" -> new Exit();
      case "end" -> new End();
      case String name -> new Goto(name);
    };
  }

  /** On to the next task in the list. */
  record Continue() implements Flow {
    @Override
    public String text() {
      return "continue";
    }
  }

  /** Out of the enclosing list of tasks. */
  record Exit() implements Flow {
    @Override
    public String text() {
      return "exit";
    }
  }

  /** The whole workflow ends. */
  record End() implements Flow {
    @Override
    public String text() {
      return "end";
    }
  }

  /** To the named task of the same list. */
  record Goto(String task) implements Flow {
    @Override
    public String text() {
      return task;
    }
  }
}
