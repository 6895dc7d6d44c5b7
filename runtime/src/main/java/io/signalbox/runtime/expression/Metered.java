package io.signalbox.runtime.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;
import net.thisptr.jackson.jq.path.Path;

/** Counts what one node of a query does against the budget of the evaluation it is part of. */
record Metered(Expression inner, boolean makes) implements Expression {
  @Override
  public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath)
      throws JsonQueryException {
    Budget budget = Budget.CURRENT.get();
    budget.enter();
    try {
      inner.apply(scope, in, path, makes ? measured(budget, output) : output, requirePath);
    } finally {
      budget.leave();
    }
  }

  private static PathOutput measured(Budget budget, PathOutput output) {
    return (value, at) -> {
      budget.made(value);
      output.emit(value, at);
    };
  }

  @Override
  public String toString() {
    return inner.toString();
  }

  /** What a range is taken of: the text of a secret's marker is not to be cut. */
  record Sliced(Expression inner) implements Expression {
    @Override
    public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath)
        throws JsonQueryException {
      inner.apply(
          scope,
          in,
          path,
          (value, at) -> {
            Opaque.guard("a range", value);
            output.emit(value, at);
          },
          requirePath);
    }

    @Override
    public String toString() {
      return inner.toString();
    }
  }

  /** The same for a function: every value it gives is a step. */
  record Call(String name, Function inner) implements Function {
    @Override
    public void apply(
        Scope scope,
        List<Expression> arguments,
        JsonNode in,
        Path path,
        PathOutput output,
        Version version)
        throws JsonQueryException {
      Budget budget = Budget.CURRENT.get();
      Opaque.guard(name, in);
      inner.apply(
          scope,
          arguments,
          in,
          path,
          (value, at) -> {
            budget.step();
            output.emit(value, at);
          },
          version);
    }
  }

  /**
   * An operator that is asked for its size before a short text times a large number fills memory.
   */
  record Times(BinaryOperator inner) implements BinaryOperator {
    @Override
    public JsonNode apply(ObjectMapper mapper, JsonNode left, JsonNode right)
        throws JsonQueryException {
      double length =
          left.isTextual()
              ? left.textValue().length() * right.asDouble()
              : right.isTextual() ? right.textValue().length() * left.asDouble() : 0;
      long most = Budget.CURRENT.get().limits().value();
      if (length > most) {
        throw new Budget.Exceeded("makes a text of more than " + Budget.size(most));
      }
      return inner.apply(mapper, left, right);
    }

    @Override
    public String image() {
      return inner.image();
    }
  }
}
