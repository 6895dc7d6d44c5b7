package io.signalbox.runtime.expression;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.internal.operators.MultiplyOperator;
import net.thisptr.jackson.jq.internal.tree.ArrayConstruction;
import net.thisptr.jackson.jq.internal.tree.FunctionCall;
import net.thisptr.jackson.jq.internal.tree.ImportStatement;
import net.thisptr.jackson.jq.internal.tree.ModuleDirective;
import net.thisptr.jackson.jq.internal.tree.ObjectConstruction;
import net.thisptr.jackson.jq.internal.tree.StringInterpolation;
import net.thisptr.jackson.jq.internal.tree.VariableAccess;
import net.thisptr.jackson.jq.internal.tree.VariableKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.binaryop.BinaryOperatorExpression;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.BracketFieldAccess;
import org.jspecify.annotations.Nullable;

/**
 * Goes once through a parsed query, notes which names it uses and which it defines, and puts a
 * meter around each of its nodes. The library keeps its tree to itself and cannot be interrupted,
 * hence the reflection; its version is pinned and ExpressionsTest fails if the tree changes.
 */
final class Syntax {
  private static final String TREE = "net.thisptr.jackson.jq.internal.";

  final Set<String> variables = new LinkedHashSet<>();
  final Set<String> functions = new LinkedHashSet<>();
  private final Set<String> boundVariables = new LinkedHashSet<>();
  private final Set<String> ownFunctions = new LinkedHashSet<>();
  boolean imports;

  static Syntax metered(JsonQuery query) {
    Syntax syntax = new Syntax();
    try {
      syntax.fieldsOf(query, JsonQuery.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the jq library's tree cannot be read", e);
    }
    syntax.variables.removeAll(syntax.boundVariables);
    syntax.functions.removeAll(syntax.ownFunctions);
    return syntax;
  }

  private void visit(@Nullable Object node) throws IllegalAccessException {
    if (node instanceof List<?> list) {
      for (Object element : list) {
        visit(element);
      }
      return;
    }
    if (node == null || !node.getClass().getName().startsWith(TREE)) {
      return;
    }
    note(node);
    for (Class<?> type = node.getClass(); type != Object.class; type = type.getSuperclass()) {
      fieldsOf(node, type);
    }
  }

  private void fieldsOf(Object node, Class<?> type) throws IllegalAccessException {
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
        continue;
      }
      field.setAccessible(true);
      Object value = field.get(node);
      visit(value);
      if (isPatternKey(type, field)) {
        continue;
      }
      if (value instanceof MultiplyOperator operator) {
        field.set(node, new Metered.Times(operator));
      } else if (value instanceof Expression expression) {
        field.set(
            node,
            isSliced(node, field) ? new Metered.Sliced(meter(expression)) : meter(expression));
      } else if (value instanceof List<?> list
          && list.stream().anyMatch(Expression.class::isInstance)) {
        field.set(node, meter(list));
      }
    }
  }

  /** What a range such as {@code [2:4]} is taken of. */
  private static boolean isSliced(Object node, Field field) throws IllegalAccessException {
    return node instanceof BracketFieldAccess
        && field.getName().equals("target")
        && Boolean.TRUE.equals(get(node, "isRange"));
  }

  /** The keys of a destructuring pattern must stay the literals the library looks for. */
  private static boolean isPatternKey(Class<?> type, Field field) {
    return type.getSimpleName().equals("FieldMatcher") && field.getName().equals("name");
  }

  private static Metered meter(Expression expression) {
    boolean makes =
        expression instanceof BinaryOperatorExpression
            || expression instanceof FunctionCall
            || expression instanceof StringInterpolation
            || expression instanceof ArrayConstruction
            || expression instanceof ObjectConstruction;
    return new Metered(expression, makes);
  }

  private static List<Object> meter(List<?> list) {
    List<Object> metered = new ArrayList<>();
    for (Object element : list) {
      metered.add(element instanceof Expression expression ? meter(expression) : element);
    }
    return metered;
  }

  private void note(Object node) throws IllegalAccessException {
    switch (node.getClass().getSimpleName()) {
      case "FunctionCall" -> functions.add(text(node, "name") + "/" + list(node, "args").size());
      case "FormattingFilter" -> functions.add("@" + text(node, "name") + "/0");
      case "ValueMatcher" -> boundVariables.add(text(node, "name"));
      case "FieldMatcher" -> {
        if (Boolean.TRUE.equals(get(node, "dollar"))) {
          boundVariables.add(String.valueOf(get(node, "name")).replaceAll("^\"|\"$", ""));
        }
      }
      case "FunctionDefinition" -> {
        List<?> parameters = list(node, "args");
        ownFunctions.add(text(node, "fname") + "/" + parameters.size());
        for (Object parameter : parameters) {
          String name = String.valueOf(parameter);
          ownFunctions.add((name.startsWith("$") ? name.substring(1) : name) + "/0");
          boundVariables.add(name.startsWith("$") ? name.substring(1) : name);
        }
      }
      default -> noteAccess(node);
    }
  }

  private void noteAccess(Object node) throws IllegalAccessException {
    if (node instanceof VariableAccess || node instanceof VariableKeyFieldConstruction) {
      variables.add(text(node, "name"));
    } else if (node instanceof ImportStatement || node instanceof ModuleDirective) {
      imports = true;
    }
  }

  private static String text(Object node, String field) throws IllegalAccessException {
    return String.valueOf(get(node, field));
  }

  private static List<?> list(Object node, String field) throws IllegalAccessException {
    return get(node, field) instanceof List<?> list ? list : List.of();
  }

  private static @Nullable Object get(Object node, String name) throws IllegalAccessException {
    try {
      Field field = node.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return field.get(node);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("the jq library's tree has changed", e);
    }
  }
}
