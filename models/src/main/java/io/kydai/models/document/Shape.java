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
 * The declarations of a section's keys, from which a record is read and written back. A key and a
 * component of the record belong together by their names, which is checked when the shape is made:
 * to add a key is to add a component and its declaration. Keys are read in the order of their
 * declarations. Several keys may fill one component, of which the first that was given does so;
 * such a record cannot be written back.
 *
 * @param <R> the record
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
   * The keys of a record.
   *
   * @throws IllegalArgumentException where a component has no key, or a key no component
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
   * The same with a check of what was read, which is made also when other keys are wrong. It says
   * its mistakes to the section's values.
   */
  public Shape<R> check(BiConsumer<Values, Section> check) {
    return new Shape<>(
        record, parts, Stream.concat(checks.stream(), Stream.of(check)).toList(), refusals);
  }

  /** The same; the key is to blame where the record's constructor refuses the values. */
  public Shape<R> refusedAt(String key) {
    return new Shape<>(record, parts, checks, key);
  }

  /** A section of this shape. */
  public ValueType<R> type() {
    return new ValueType<>(
        at -> at.section().flatMap(this::read), this::write, schema(), "keys, below");
  }

  /** The record; empty when anything is wrong, and the problems have been told so. */
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
   * The record where every key is left out.
   *
   * @throws IllegalStateException where a key is needed
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

  /** The record as a map of scalars, lists and maps, in the order of the declarations. */
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

  /** Every key, in the order of the declarations. */
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
