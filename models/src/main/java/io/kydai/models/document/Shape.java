package io.kydai.models.document;

import static java.util.stream.Collectors.toCollection;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The declarations of a section's keys, by which a record is read and written back. A key and a
 * component of the record are matched by name, which is checked when the shape is created, so that
 * a key is added by adding a component and its declaration. Keys are read in the order of their
 * declarations. Several keys may fill one component; the first of them that is given is used, and
 * such a record cannot be written back.
 *
 * @param <R> the record type
 */
public final class Shape<R extends Record> {
  private final Class<R> record;
  private final Constructor<R> constructor;
  private final List<Part> parts;
  private final List<BiConsumer<Values, Section>> checks;
  private final @Nullable String refusals;

  private Shape(
      Class<R> record,
      List<Part> parts,
      List<BiConsumer<Values, Section>> checks,
      @Nullable String refusals) {
    this.record = record;
    this.constructor = Records.constructor(record);
    this.parts = List.copyOf(parts);
    this.checks = List.copyOf(checks);
    this.refusals = refusals;
  }

  /**
   * Returns the shape of a record.
   *
   * @param parts the declarations of its keys, in the order in which they are read
   * @throws IllegalArgumentException when a component has no key, or a key has no component
   */
  public static <R extends Record> Shape<R> of(Class<R> record, Part... parts) {
    Set<String> filled =
        Arrays.stream(parts).map(Part::component).collect(toCollection(LinkedHashSet::new));
    Set<String> components =
        Arrays.stream(record.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(toCollection(LinkedHashSet::new));
    if (!filled.equals(components)) {
      throw new IllegalArgumentException(
          record.getSimpleName() + " has " + components + ", and its keys fill " + filled);
    }
    return new Shape<>(record, List.of(parts), List.of(), null);
  }

  /**
   * Returns a copy of this shape with an additional check, which also runs when other keys are
   * wrong.
   *
   * @param check takes the values that were read and the section; it adds its mistakes to the
   *     section's values
   */
  public Shape<R> check(BiConsumer<Values, Section> check) {
    return new Shape<>(
        record, parts, Stream.concat(checks.stream(), Stream.of(check)).toList(), refusals);
  }

  /**
   * Returns a copy of this shape that reports a refusal of the values by the record's constructor
   * at the given key.
   */
  public Shape<R> refusedAt(String key) {
    return new Shape<>(record, parts, checks, key);
  }

  /** Returns the type of a value that is a section of this shape. */
  public ValueType<R> type() {
    return new ValueType<>(
        at -> at.section().flatMap(this::read), this::write, schema(), "keys, below");
  }

  /** Reads the record; returns empty when anything is wrong, after a problem was added for it. */
  public Optional<R> read(Section section) {
    int before = section.problems().count();
    Values values = new Values();
    collect(section, values);
    section.end();
    check(section, values);
    return section.problems().count() > before
        ? Optional.empty()
        : (refusals == null ? section.at() : section.place(refusals)).made(() -> make(values));
  }

  void collect(Section section, Values values) {
    parts.forEach(part -> part.read(section, values));
  }

  void check(Section section, Values values) {
    parts.forEach(part -> part.check(section, values));
    checks.forEach(check -> check.accept(values, section));
  }

  /**
   * Returns the record of a section in which every key is left out.
   *
   * @throws IllegalStateException when a key is required
   */
  public R defaults() {
    Values values = new Values();
    collectDefaults(values);
    return make(values);
  }

  void collectDefaults(Values values) {
    parts.forEach(part -> part.defaults(values));
  }

  R make(Values values) {
    return Records.make(
        constructor,
        Arrays.stream(record.getRecordComponents())
            .map(component -> argument(component, values))
            .toArray());
  }

  private @Nullable Object argument(RecordComponent component, Values values) {
    List<Part> candidates =
        parts.stream().filter(part -> part.component().equals(component.getName())).toList();
    Optional<Object> value =
        Stream.concat(
                candidates.stream()
                    .filter(part -> part.keys().stream().anyMatch(key -> values.given(key.name()))),
                candidates.stream())
            .flatMap(part -> part.value(values).stream())
            .findFirst();
    if (component.getType() == Optional.class) {
      return value;
    }
    if (value.isEmpty() && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      throw new IllegalStateException(record.getSimpleName() + " needs " + component.getName());
    }
    return value.orElse(null);
  }

  /**
   * Returns the record as a map of scalars, lists and maps, in the order of the declarations.
   *
   * @throws IllegalStateException when several keys fill one component
   */
  public Map<String, Object> write(R value) {
    Map<String, Object> written = new LinkedHashMap<>();
    for (Part part : parts) {
      if (parts.stream().filter(one -> one.component().equals(part.component())).count() > 1) {
        throw new IllegalStateException("several keys fill " + part.component());
      }
      written.putAll(part.write(Records.get(value, part.component())));
    }
    return written;
  }

  Map<String, Object> writeAny(Object value) {
    return write(record.cast(value));
  }

  /** Returns all keys, in the order of the declarations. */
  public List<Key<?>> keys() {
    return parts.stream().<Key<?>>flatMap(part -> part.keys().stream()).toList();
  }

  private Map<String, Object> schema() {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Key<?> key : keys()) {
      Map<String, Object> property = new LinkedHashMap<>(key.type().schema());
      property.put("description", key.meaning());
      properties.put(key.name(), property);
    }
    Map<String, Object> schema = ValueType.schema("type", "object", "properties", properties);
    List<String> needed = keys().stream().filter(Key::isNeeded).map(Key::name).toList();
    if (!needed.isEmpty()) {
      schema.put("required", needed);
    }
    schema.put("additionalProperties", false);
    return schema;
  }
}
