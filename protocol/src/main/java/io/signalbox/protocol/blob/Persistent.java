package io.signalbox.protocol.blob;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Persistent maps and vectors, whose library this room does not see, with one item replaced. They
 * are known by their interfaces' names.
 */
final class Persistent {
  private static final ClassValue<Optional<Method>> REPLACING =
      new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
          return find(type);
        }
      };

  private Persistent() {}

  static boolean is(Object collection) {
    return REPLACING.get(collection.getClass()).isPresent();
  }

  static Map<?, ?> with(Map<?, ?> map, Object key, Object value) {
    return (Map<?, ?>) call(map, key, value);
  }

  static List<?> with(List<?> list, int index, Object value) {
    return (List<?>) call(list, index, value);
  }

  private static Object call(Object collection, Object at, Object value) {
    try {
      return REPLACING.get(collection.getClass()).orElseThrow().invoke(collection, at, value);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("cannot replace an item", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot replace an item of " + collection.getClass(), e);
    }
  }

  private static Optional<Method> find(Class<?> type) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      for (Class<?> one : at.getInterfaces()) {
        Optional<Method> found = own(one).or(() -> find(one));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Method> own(Class<?> type) {
    try {
      return switch (type.getName()) {
        case "org.pcollections.PMap" ->
            Optional.of(type.getMethod("plus", Object.class, Object.class));
        case "org.pcollections.PSequence" ->
            Optional.of(type.getMethod("with", int.class, Object.class));
        default -> Optional.empty();
      };
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("not the persistent collections that are known", e);
    }
  }
}
