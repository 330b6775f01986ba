package io.kydai.models.document;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of a key: its name, what its value may be, what it is where it is left out, and
 * what it means. It fills the component of a record that is called as the key is ({@code
 * retention-days}: {@code retentionDays}); a component that is {@link Nullable} or an {@link
 * Optional} may stay empty.
 *
 * @param <T> what its value is read as
 */
public final class Key<T> implements Part {
  private final String name;
  private final String component;
  private final Function<Values, ValueType<T>> type;
  private final @Nullable String wanted;
  private final @Nullable Function<Values, Optional<T>> otherwise;
  private final @Nullable String shown;
  private final boolean always;
  private final String unit;
  private final String meaning;

  private Key(
      String name,
      String component,
      Function<Values, ValueType<T>> type,
      @Nullable String wanted,
      @Nullable Function<Values, Optional<T>> otherwise,
      @Nullable String shown,
      boolean always,
      String unit,
      String meaning) {
    this.name = name;
    this.component = component;
    this.type = type;
    this.wanted = wanted;
    this.otherwise = otherwise;
    this.shown = shown;
    this.always = always;
    this.unit = unit;
    this.meaning = meaning;
  }

  /**
   * A key that may be left out, and then is empty.
   *
   * @param name in lower case with dashes
   * @param meaning what it is for, in Markdown
   */
  public static <T> Key<T> key(String name, ValueType<T> type, String meaning) {
    requireNonNull(type);
    return key(name, before -> type, meaning);
  }

  /**
   * A key whose value depends on others.
   *
   * @param type from the values of the keys that are declared before it
   */
  public static <T> Key<T> key(String name, Function<Values, ValueType<T>> type, String meaning) {
    return new Key<>(
        requireNonNull(name),
        component(name),
        type,
        null,
        null,
        null,
        true,
        "",
        requireNonNull(meaning));
  }

  private static String component(String key) {
    StringBuilder camel = new StringBuilder();
    for (String word : key.split("-")) {
      camel.append(
          camel.length() == 0
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return camel.toString();
  }

  /**
   * It must be there.
   *
   * @param description of what is missing otherwise, such as {@code a name}
   */
  public Key<T> needed(String description) {
    return new Key<>(name, component, type, description, otherwise, shown, always, unit, meaning);
  }

  /** Its default. */
  public Key<T> otherwise(T value) {
    requireNonNull(value);
    return otherwise(before -> Optional.of(value));
  }

  /**
   * Its default, from the values of the keys that are declared before it; empty where one of those
   * was wrong.
   */
  public Key<T> otherwise(Function<Values, Optional<T>> value) {
    return new Key<>(name, component, type, wanted, value, shown, always, unit, meaning);
  }

  /** What documentation says of its default, in Markdown. */
  public Key<T> shown(String text) {
    return new Key<>(name, component, type, wanted, otherwise, text, always, unit, meaning);
  }

  /** It is not written back where it has its default. */
  public Key<T> unwrittenByDefault() {
    return new Key<>(name, component, type, wanted, otherwise, shown, false, unit, meaning);
  }

  /** Its value's unit, such as {@code days}. */
  public Key<T> unit(String text) {
    return new Key<>(name, component, type, wanted, otherwise, shown, always, text, meaning);
  }

  /** The record's component, where it is not called as the key is. */
  public Key<T> into(String other) {
    return new Key<>(name, other, type, wanted, otherwise, shown, always, unit, meaning);
  }

  @Override
  public void read(Section section, Values values) {
    Optional<Value> at = wanted != null ? section.need(name, wanted) : section.get(name);
    if (at.isPresent()) {
      type.apply(values).read(at.get()).ifPresent(value -> values.give(name, value));
    } else {
      defaults(values);
    }
  }

  @Override
  public void defaults(Values values) {
    defaultOf(values).ifPresent(value -> values.put(name, value));
  }

  /** Nothing: its type has checked it. */
  @Override
  public void check(Section section, Values values) {}

  @Override
  public Optional<Object> value(Values values) {
    return values.find(name, Object.class);
  }

  private Optional<T> defaultOf(Values values) {
    return otherwise == null ? Optional.empty() : otherwise.apply(values);
  }

  @Override
  @SuppressWarnings("unchecked") // a component holds what its key's type reads
  public Map<String, Object> write(@Nullable Object value) {
    Optional<?> present =
        value instanceof Optional<?> optional ? optional : Optional.ofNullable(value);
    return present
        .filter(one -> always || !defaultOf(new Values()).equals(Optional.of(one)))
        .map(one -> Map.of(name, type().write((T) one)))
        .orElse(Map.of());
  }

  /** Such as {@code retention-days}. */
  public String name() {
    return name;
  }

  @Override
  public String component() {
    return component;
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(this);
  }

  /** What its value may be, where nothing is known of other keys. */
  public ValueType<T> type() {
    return type.apply(new Values());
  }

  /** Whether it must be there. */
  public boolean isNeeded() {
    return wanted != null;
  }

  /** The default, in Markdown: {@code needed} and {@code none} where there is none. */
  public String shownDefault() {
    if (shown != null || isNeeded()) {
      return requireNonNullElse(shown, "needed");
    }
    return defaultOf(new Values())
        .map(
            value -> {
              Object written = type().write(value);
              return written instanceof Double number
                  ? ValueType.shown(number)
                  : String.valueOf(written);
            })
        .orElse("none");
  }

  /** What its value may be, with its unit, in Markdown. */
  public String range() {
    return type().range() + (unit.isEmpty() ? "" : " " + unit);
  }

  /** Empty where it has none. */
  public String unit() {
    return unit;
  }

  /** What it is for, in Markdown. */
  public String meaning() {
    return meaning;
  }
}
