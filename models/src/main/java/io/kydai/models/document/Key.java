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
 * The declaration of a key: its name, the type of its value, its default and its meaning. The value
 * fills the record component of the same name in camel case ({@code retention-days}: {@code
 * retentionDays}). A key without a value and a default leaves a component that is {@link Nullable}
 * null, and one that is an {@link Optional} empty.
 *
 * @param <T> the Java type of the value
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
   * Declares an optional key without a default.
   *
   * @param name the key's name, in lower case with dashes
   * @param type the type of its value
   * @param meaning the key's meaning for documentation, in Markdown
   */
  public static <T> Key<T> key(String name, ValueType<T> type, String meaning) {
    requireNonNull(type);
    return key(name, before -> type, meaning);
  }

  /**
   * Declares an optional key without a default, whose type depends on the values of other keys.
   *
   * @param name the key's name, in lower case with dashes
   * @param type returns the type of its value, from the values of the keys declared before it
   * @param meaning the key's meaning for documentation, in Markdown
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
   * Returns a copy of this declaration in which the key is required.
   *
   * @param description the value that the message for a missing key asks for, such as {@code a
   *     name}
   */
  public Key<T> needed(String description) {
    return new Key<>(name, component, type, description, otherwise, shown, always, unit, meaning);
  }

  /** Returns a copy of this declaration with a default value. */
  public Key<T> otherwise(T value) {
    requireNonNull(value);
    return otherwise(before -> Optional.of(value));
  }

  /**
   * Returns a copy of this declaration with a default that depends on other keys.
   *
   * @param value returns the default from the values of the keys declared before this one; empty
   *     where one of those was wrong
   */
  public Key<T> otherwise(Function<Values, Optional<T>> value) {
    return new Key<>(name, component, type, wanted, value, shown, always, unit, meaning);
  }

  /** Returns a copy of this declaration with a Markdown text for the documentation's default. */
  public Key<T> shown(String text) {
    return new Key<>(name, component, type, wanted, otherwise, text, always, unit, meaning);
  }

  /** Returns a copy of this declaration that is left out when written with its default value. */
  public Key<T> unwrittenByDefault() {
    return new Key<>(name, component, type, wanted, otherwise, shown, false, unit, meaning);
  }

  /** Returns a copy of this declaration with a unit of the value, such as {@code days}. */
  public Key<T> unit(String text) {
    return new Key<>(name, component, type, wanted, otherwise, shown, always, text, meaning);
  }

  /** Returns a copy of this declaration that fills another component than that of its name. */
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

  /** Does nothing, because a key's type has checked its value. */
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

  /** Returns the key's name, such as {@code retention-days}. */
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

  /** Returns the type of the value when no other keys have values. */
  public ValueType<T> type() {
    return type.apply(new Values());
  }

  /** Returns whether the key is required. */
  public boolean isNeeded() {
    return wanted != null;
  }

  /**
   * Returns the default in Markdown: {@code needed} for a required key, {@code none} for an
   * optional key without a default.
   */
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

  /** Returns the permitted values with their unit, in Markdown. */
  public String range() {
    return type().range() + (unit.isEmpty() ? "" : " " + unit);
  }

  /** Returns the unit of the value; empty where it has none. */
  public String unit() {
    return unit;
  }

  /** Returns the key's meaning, in Markdown. */
  public String meaning() {
    return meaning;
  }
}
