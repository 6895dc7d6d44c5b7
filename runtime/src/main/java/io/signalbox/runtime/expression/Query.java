package io.signalbox.runtime.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** A compiled jq expression, free of clock, environment and modules. */
record Query(String text, JsonQuery query, Set<String> variables) {
  private static final Version VERSION = Versions.JQ_1_7;
  private static final int CACHED = 4096;
  private static final int DEEPEST = 100;
  private static final Set<String> FORBIDDEN =
      Set.of("now/0", "env/0", "debug_scope/0", "builtins/0", "input/0", "inputs/0", "debug/0");
  private static final Scope FUNCTIONS = functions();
  private static final Map<String, Query> CACHE = new ConcurrentHashMap<>();

  Query {
    variables = Set.copyOf(variables);
  }

  /** Compiles, or fails with what is wrong. */
  static Query of(String text) {
    Query known = CACHE.get(text);
    if (known != null) {
      return known;
    }
    Query query = compile(text);
    if (CACHE.size() >= CACHED) {
      // rather than keeping order on every use: definitions in use are compiled again quickly
      CACHE.clear();
    }
    CACHE.put(text, query);
    return query;
  }

  /** The one value it gives; null when it gives none. */
  JsonNode run(JsonNode dot, Map<String, JsonNode> values, Budget budget) {
    Scope scope = Scope.newChildScope(FUNCTIONS);
    values.forEach(scope::setValue);
    List<JsonNode> results = new ArrayList<>(1);
    try {
      ScopedValue.where(Budget.CURRENT, budget)
          .call(
              () -> {
                query.apply(scope, dot, value -> collect(results, value));
                return results;
              });
    } catch (JsonQueryException e) {
      throw new ExpressionFailed(text, message(e));
    } catch (Budget.Exceeded e) {
      throw new ExpressionFailed(text, message(e));
    } catch (StackOverflowError e) {
      throw new ExpressionFailed(text, "calls itself too deeply");
    } catch (ArithmeticException | IllegalArgumentException | ClassCastException e) {
      throw new ExpressionFailed(text, message(e));
    }
    return results.isEmpty() ? NullNode.instance : results.getFirst();
  }

  private static void collect(List<JsonNode> results, JsonNode value) {
    if (!results.isEmpty()) {
      throw new Budget.Exceeded("gives more than one value; wrap it in [ ] to make them a list");
    }
    results.add(value);
  }

  private static Query compile(String text) {
    if (text.isBlank()) {
      throw new ExpressionFailed(text, "is empty");
    }
    int longest = Expressions.limits().length();
    if (text.length() > longest) {
      throw new ExpressionFailed(text, "is longer than " + longest + " characters");
    }
    JsonQuery parsed = parse(text);
    Syntax syntax = Syntax.metered(parsed);
    if (syntax.imports) {
      throw new ExpressionFailed(text, "modules cannot be imported");
    }
    for (String function : syntax.functions) {
      if (FORBIDDEN.contains(function)) {
        throw new ExpressionFailed(
            text,
            "function " + function + " is not allowed: it would give a replay another result");
      }
      String name = function.substring(0, function.lastIndexOf('/'));
      int arity = Integer.parseInt(function.substring(function.lastIndexOf('/') + 1));
      if (FUNCTIONS.getFunction(name, arity) == null) {
        throw new ExpressionFailed(text, "there is no function " + function);
      }
    }
    return new Query(text, parsed, syntax.variables);
  }

  private static JsonQuery parse(String text) {
    if (brackets(text) > DEEPEST) {
      throw new ExpressionFailed(text, "is nested deeper than " + DEEPEST + " brackets");
    }
    try {
      return JsonQuery.compile(text, VERSION);
    } catch (JsonQueryException | RuntimeException e) {
      throw new ExpressionFailed(text, "is not valid jq: " + message(e));
    } catch (StackOverflowError e) {
      throw new ExpressionFailed(text, "is nested too deeply");
    } catch (Error e) {
      if (e.getClass().getSimpleName().equals("TokenMgrError")) {
        throw new ExpressionFailed(text, "is not valid jq: " + message(e));
      }
      throw e;
    }
  }

  /** How deep brackets are nested, those in texts included. */
  private static int brackets(String text) {
    int open = 0;
    int most = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '(', '[', '{' -> most = Math.max(most, ++open);
        case ')', ']', '}' -> open--;
        default -> {}
      }
    }
    return most;
  }

  private static String message(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.strip().replaceAll("\\s+", " ");
  }

  /** A function's name without its number of arguments. */
  private static String plain(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }

  private static Scope functions() {
    Scope scope = Scope.newEmptyScope();
    BuiltinFunctionLoader.getInstance()
        .listFunctions(Query.class.getClassLoader(), VERSION, scope)
        .forEach(
            (name, function) -> {
              if (!FORBIDDEN.contains(name) && !FORBIDDEN.contains(name + "/0")) {
                scope.addFunction(name, new Metered.Call(plain(name), function));
              }
            });
    return scope;
  }
}
