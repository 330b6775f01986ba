package io.kydai.models.document;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The type of a value in a document: how it is read and written back, its JSON Schema (draft
 * 2020-12), and the description of its range in documentation.
 *
 * @param <T> the Java type of the value
 */
public final class ValueType<T> {
  private final Function<Value, Optional<T>> reader;
  private final Function<T, Object> writer;
  private final Map<String, Object> schema;
  private final String range;

  ValueType(
      Function<Value, Optional<T>> reader,
      Function<T, Object> writer,
      Map<String, Object> schema,
      String range) {
    this.reader = requireNonNull(reader);
    this.writer = requireNonNull(writer);
    this.schema = schema;
    this.range = requireNonNull(range);
  }

  /**
   * Returns a type with its own reading and writing.
   *
   * @param read reads a value; returns empty where it is wrong, after adding a problem to the value
   * @param write returns the document's form of a value, which {@code read} accepts
   * @param schema the JSON Schema
   */
  public static <T> ValueType<T> of(
      Function<Value, Optional<T>> read, Function<T, Object> write, Map<String, Object> schema) {
    return new ValueType<>(read, write, schema, "keys, below");
  }

  /** Returns the type of a text of one line with 1 to {@code max} characters. */
  public static ValueType<String> text(int max) {
    return new ValueType<>(
        at -> at.text(max),
        text -> text,
        schema("type", List.of("string", "number"), "minLength", 1, "maxLength", max),
        "text, up to " + shown(max) + " characters");
  }

  /** Returns the type of a number from {@code least} to {@code most}, both included. */
  public static ValueType<Double> number(double least, double most) {
    return new ValueType<>(
        at -> at.number(least, most),
        number -> number,
        schema("type", "number", "minimum", least, "maximum", most),
        shown(least) + " to " + shown(most));
  }

  /** Returns the type of a whole number from {@code least} to {@code most}, both included. */
  public static ValueType<Integer> whole(int least, int most) {
    return new ValueType<>(
        at -> at.whole(least, most),
        number -> number,
        schema("type", "integer", "minimum", least, "maximum", most),
        shown(least) + " to " + shown(most));
  }

  /** Returns the type of a boolean. */
  public static ValueType<Boolean> flag() {
    return new ValueType<>(
        Value::flag, flag -> flag, schema("type", "boolean"), "`true` or `false`");
  }

  /**
   * Returns the type of a duration in the form of {@link DurationText}, at most {@code most} long.
   */
  public static ValueType<Duration> duration(Duration most) {
    return new ValueType<>(
        at -> at.duration(most),
        DurationText::write,
        schema(
            "anyOf",
            List.of(
                schema("type", "number", "minimum", 0),
                schema("type", "string", "pattern", DurationText.PATTERN))),
        "0 to " + most.toSeconds() + "s");
  }

  /** Returns the type of a text that is one of the given words. */
  public static ValueType<String> oneOf(List<String> words) {
    return new ValueType<>(
        at -> at.oneOf(words),
        word -> word,
        schema("enum", words),
        words.stream().map(word -> "`" + word + "`").collect(joining(", ")));
  }

  /** Returns the type of an enum constant, which documents write in lower case. */
  public static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
    Map<String, E> constants = new LinkedHashMap<>();
    Arrays.stream(type.getEnumConstants())
        .forEach(one -> constants.put(one.name().toLowerCase(Locale.ROOT), one));
    return oneOf(List.copyOf(constants.keySet()))
        .as(
            (word, at) -> Optional.ofNullable(constants.get(word)),
            one -> one.name().toLowerCase(Locale.ROOT));
  }

  /**
   * Returns the type of a number for which a word may stand.
   *
   * @param words the words and their numbers
   * @param number the type of a number that is given as such
   * @param wanted the description of the permitted values for messages, such as {@code low, high or
   *     a number}
   */
  public static ValueType<Double> wordOr(
      Map<String, Double> words, ValueType<Double> number, String wanted) {
    return new ValueType<>(
        at -> {
          Optional<String> word = at.word();
          if (word.isEmpty()) {
            return number.read(at);
          }
          return words.containsKey(word.get())
              ? Optional.of(words.get(word.get()))
              : at.wrong(wanted + " is expected");
        },
        value ->
            words.entrySet().stream()
                .filter(word -> word.getValue().equals(value))
                .<Object>map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> number.write(value)),
        schema("anyOf", List.of(schema("enum", List.copyOf(words.keySet())), number.schema())),
        number.range()
            + words.keySet().stream().map(word -> ", `" + word + "`").collect(joining()));
  }

  /**
   * Returns the type of a list of at most {@code max} items. Reading returns the valid items; a
   * problem is added for each of the others.
   */
  public static <T> ValueType<List<T>> list(ValueType<T> item, int max) {
    return listOf(item, max, null);
  }

  /** Returns the type of a list of at most {@code max} items that must differ. */
  public static <T> ValueType<List<T>> list(ValueType<T> item, int max, Distinct distinct) {
    return listOf(item, max, distinct);
  }

  private static <T> ValueType<List<T>> listOf(
      ValueType<T> item, int max, @Nullable Distinct distinct) {
    return new ValueType<>(
        at -> {
          List<T> items = new ArrayList<>();
          List<Value> values = at.items(max);
          Set<String> repeated = distinct == null ? Set.of() : distinct.repeated(values);
          for (Value one : values) {
            item.read(one).filter(right -> !repeated.contains(one.pointer())).ifPresent(items::add);
          }
          return Optional.of(List.copyOf(items));
        },
        items -> items.stream().map(item::write).toList(),
        schema("type", "array", "items", item.schema(), "maxItems", max),
        "list, at most " + shown(max));
  }

  /**
   * Returns the type of a list of exactly two items.
   *
   * @param wanted the message for a list of another length, such as {@code two numbers are
   *     expected}
   * @param make makes the value from both items; a problem is added with the message of an {@link
   *     IllegalArgumentException} that it throws
   * @param parts returns the two items of a value
   */
  public static <A, T> ValueType<T> pair(
      ValueType<A> first,
      ValueType<A> second,
      String wanted,
      BiFunction<A, A, T> make,
      Function<T, List<A>> parts) {
    return new ValueType<>(
        at -> {
          List<Value> items = at.items(Tree.MAX_SIZE);
          if (items.size() != 2) {
            return at.isList() ? at.wrong(wanted + ", not " + items.size()) : Optional.empty();
          }
          Optional<A> one = first.read(items.get(0));
          Optional<A> other = second.read(items.get(1));
          return one.flatMap(a -> other.flatMap(b -> at.made(() -> make.apply(a, b))));
        },
        value ->
            List.of(
                first.write(parts.apply(value).get(0)), second.write(parts.apply(value).get(1))),
        schema(
            "type",
            "array",
            "prefixItems",
            List.of(first.schema(), second.schema()),
            "minItems",
            2,
            "maxItems",
            2),
        "a list of two");
  }

  /**
   * Returns a type that converts the values of this one.
   *
   * @param read converts a value; returns empty where it is wrong, after adding a problem
   * @param write converts a value back
   */
  public <U> ValueType<U> as(BiFunction<T, Value, Optional<U>> read, Function<U, T> write) {
    return new ValueType<>(
        at -> reader.apply(at).flatMap(value -> read.apply(value, at)),
        value -> writer.apply(write.apply(value)),
        schema,
        range);
  }

  /** Returns a copy of this type with another description of its range in documentation. */
  public ValueType<T> saying(String otherRange) {
    return new ValueType<>(reader, writer, schema, otherRange);
  }

  /**
   * Returns a copy of this type with additional JSON Schema keywords, which replace those of the
   * same name.
   *
   * @param words keywords and their values, alternating
   */
  public ValueType<T> with(Object... words) {
    Map<String, Object> more = new LinkedHashMap<>(schema);
    more.putAll(schema(words));
    return new ValueType<>(reader, writer, more, range);
  }

  /** Reads a value; returns empty when it is wrong, after a problem was added. */
  public Optional<T> read(Value at) {
    return reader.apply(at);
  }

  /** Returns a value as strings, numbers, booleans, lists and maps that {@link #read} accepts. */
  public Object write(T value) {
    return writer.apply(value);
  }

  /** Returns the JSON Schema as maps, lists and scalars. */
  public Map<String, Object> schema() {
    return schema;
  }

  /** Returns the description of the permitted values, in Markdown, such as {@code 1 to 64}. */
  public String range() {
    return range;
  }

  /** Returns a JSON Schema of alternating keywords and values as a map that keeps their order. */
  public static Map<String, Object> schema(Object... words) {
    Map<String, Object> schema = new LinkedHashMap<>();
    for (int i = 0; i < words.length; i += 2) {
      Object value = words[i + 1];
      schema.put((String) words[i], value instanceof Double number ? plain(number) : value);
    }
    return schema;
  }

  private static Object plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e9
        ? (Object) (int) number
        : (Object) number;
  }

  static String shown(double number) {
    return number == Math.rint(number)
        ? NumberFormat.getIntegerInstance(Locale.ROOT).format(number)
        : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
