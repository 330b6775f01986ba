package io.kydai.models.document;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads, copies and creates records by the names of their components through reflection, so that a
 * component can be added without a change to the code that copies the record.
 */
public final class Records {
  private Records() {}

  /**
   * Returns a copy of a record with other values for some components.
   *
   * @param changes the new values by the components' names
   * @throws IllegalArgumentException when the record has no such component, or its constructor
   *     refuses a value
   */
  public static <R extends Record> R with(R record, Map<String, ?> changes) {
    Class<R> type = type(record);
    Map<String, Object> remaining = new HashMap<>(changes);
    Object[] arguments =
        Arrays.stream(type.getRecordComponents())
            .map(
                component ->
                    remaining.containsKey(component.getName())
                        ? remaining.remove(component.getName())
                        : get(record, component))
            .toArray();
    if (!remaining.isEmpty()) {
      throw new IllegalArgumentException(
          type.getSimpleName() + " has no component " + remaining.keySet());
    }
    return make(constructor(type), arguments);
  }

  @SuppressWarnings("unchecked") // a record's class has no subclasses
  private static <R extends Record> Class<R> type(R record) {
    return (Class<R>) record.getClass();
  }

  static @Nullable Object get(Record record, String component) {
    return get(
        record,
        Arrays.stream(record.getClass().getRecordComponents())
            .filter(one -> one.getName().equals(component))
            .findFirst()
            .orElseThrow());
  }

  private static @Nullable Object get(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  static <R extends Record> Constructor<R> constructor(Class<R> type) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  static <R extends Record> R make(Constructor<R> constructor, @Nullable Object... arguments) {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refusal) {
        throw refusal;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
