package io.signalbox.protocol.blob;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The JSON values inside messages, facts and states, whatever their kind: records are looked
 * through, with the options, lists and maps in them, persistent ones too; anything else stays as it
 * is.
 */
@SuppressWarnings("ReferenceEquality") // what did not change is the very same object
public final class Values {
  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return Shape.of(type);
        }
      };

  private Values() {}

  /** The same with every JSON value replaced; the very same object where none is. */
  @SuppressWarnings("unchecked") // what comes out is of the class that went in
  public static <T> T map(T value, UnaryOperator<JsonNode> change) {
    return (T) any(value, change);
  }

  /** Shows every JSON value inside. */
  static void each(Object value, Consumer<JsonNode> look) {
    switch (value) {
      case JsonNode node -> look.accept(node);
      case Optional<?> option -> {
        if (option.isPresent()) {
          each(option.get(), look);
        }
      }
      case List<?> list -> {
        for (Object item : list) {
          each(item, look);
        }
      }
      case Map<?, ?> map -> {
        for (Object item : map.values()) {
          each(item, look);
        }
      }
      case Record record -> eachPart(record, look);
      default -> {
        // anything else holds none
      }
    }
  }

  private static void eachPart(Record record, Consumer<JsonNode> look) {
    for (Part part : SHAPES.get(record.getClass()).parts()) {
      if (part.mayHold()) {
        try {
          each(part.accessor().invoke(record), look);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("cannot look into " + record.getClass(), e);
        }
      }
    }
  }

  private static Object any(Object value, UnaryOperator<JsonNode> change) {
    return switch (value) {
      case JsonNode node -> change.apply(node);
      case Optional<?> option when option.isPresent() -> {
        Object was = option.get();
        Object is = any(was, change);
        yield is == was ? option : Optional.of(is);
      }
      case List<?> list when Persistent.is(list) -> persistent(list, change);
      case List<?> list -> list(list, change);
      case Map<?, ?> map when Persistent.is(map) -> persistent(map, change);
      case Map<?, ?> map -> map(map, change);
      case Record record -> record(record, change);
      default -> value;
    };
  }

  private static Object list(List<?> list, UnaryOperator<JsonNode> change) {
    boolean changed = false;
    List<Object> all = new ArrayList<>(list.size());
    for (Object was : list) {
      Object is = any(was, change);
      changed |= is != was;
      all.add(is);
    }
    return changed ? all : list;
  }

  private static Object map(Map<?, ?> map, UnaryOperator<JsonNode> change) {
    boolean changed = false;
    Map<Object, Object> all = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object is = any(entry.getValue(), change);
      changed |= is != entry.getValue();
      all.put(entry.getKey(), is);
    }
    return changed ? all : map;
  }

  private static Object persistent(List<?> list, UnaryOperator<JsonNode> change) {
    List<?> now = list;
    int index = 0;
    for (Object was : list) {
      Object is = any(was, change);
      now = is == was ? now : Persistent.with(now, index, is);
      index++;
    }
    return now;
  }

  private static Object persistent(Map<?, ?> map, UnaryOperator<JsonNode> change) {
    Map<?, ?> now = map;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object is = any(entry.getValue(), change);
      now = is == entry.getValue() ? now : Persistent.with(now, entry.getKey(), is);
    }
    return now;
  }

  private static Object record(Record record, UnaryOperator<JsonNode> change) {
    Shape shape = SHAPES.get(record.getClass());
    if (!shape.mayHold()) {
      return record;
    }
    try {
      boolean changed = false;
      Object[] parts = new Object[shape.parts().size()];
      for (int i = 0; i < parts.length; i++) {
        Part part = shape.parts().get(i);
        Object was = part.accessor().invoke(record);
        Object is = part.mayHold() ? any(was, change) : was;
        changed |= is != was;
        parts[i] = is;
      }
      return changed ? shape.constructor().newInstance(parts) : record;
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("cannot rebuild " + record.getClass(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot look into " + record.getClass(), e);
    }
  }

  private record Part(Method accessor, boolean mayHold) {}

  private record Shape(Constructor<?> constructor, List<Part> parts, boolean mayHold) {
    static Shape of(Class<?> type) {
      try {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
            Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        List<Part> parts = new ArrayList<>();
        for (RecordComponent component : components) {
          component.getAccessor().setAccessible(true);
          parts.add(new Part(component.getAccessor(), mayHold(component.getType())));
        }
        return new Shape(constructor, List.copyOf(parts), parts.stream().anyMatch(Part::mayHold));
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("a record without its constructor: " + type, e);
      }
    }

    private static boolean mayHold(Class<?> type) {
      return !type.isPrimitive()
          && !type.isEnum()
          && !type.isArray()
          && !CharSequence.class.isAssignableFrom(type)
          && !Number.class.isAssignableFrom(type)
          && !Temporal.class.isAssignableFrom(type)
          && !TemporalAmount.class.isAssignableFrom(type);
    }
  }
}
