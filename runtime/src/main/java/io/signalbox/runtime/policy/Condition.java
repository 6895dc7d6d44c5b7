package io.signalbox.runtime.policy;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;

/**
 * A CEL condition, compiled and type-checked once. CEL has no loops but over what is there; text,
 * nesting, iterations and regular expressions are bounded, so that no condition can hold a run up.
 */
final class Condition {
  private static final int LONGEST = 4096;
  private static final CelOptions BOUNDS =
      CelOptions.current()
          .maxExpressionCodePointSize(LONGEST)
          .maxParseRecursionDepth(64)
          .maxParseErrorRecoveryLimit(10)
          .comprehensionMaxIterations(10_000)
          .maxRegexProgramSize(2_000)
          .build();
  private static final CelType FIELDS = MapType.create(SimpleType.STRING, SimpleType.DYN);
  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(BOUNDS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("principal", FIELDS)
          .addVar("agent", FIELDS)
          .addVar("run", FIELDS)
          .addVar("tool", FIELDS)
          .addVar("arguments", FIELDS)
          .addVar("usage", FIELDS)
          .addVar("taint", FIELDS)
          .addVar("time", SimpleType.TIMESTAMP)
          .setResultType(SimpleType.BOOL)
          .build();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(BOUNDS).build();

  private final CelRuntime.Program program;

  private Condition(CelRuntime.Program program) {
    this.program = program;
  }

  /**
   * Compiles a condition.
   *
   * @throws Unusable naming the place in the text
   */
  static Condition compile(String text) throws Unusable {
    try {
      return new Condition(RUNTIME.createProgram(COMPILER.compile(text).getAst()));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new Unusable(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Whether it holds.
   *
   * @throws Unusable where it asks for what is not there, or takes too much
   */
  boolean holds(Map<String, Object> variables) throws Unusable {
    try {
      return Boolean.TRUE.equals(program.eval(variables));
    } catch (CelEvaluationException | RuntimeException e) {
      // whatever a library throws for odd data: a condition that cannot be told decides nothing
      throw new Unusable(String.valueOf(e.getMessage()));
    }
  }

  /** A condition that cannot be compiled or evaluated. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String why) {
      super(why, null, false, false);
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }
}
