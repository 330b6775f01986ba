package io.kydai.models.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of YAML or JSON and its position; both formats are read by the same code from here on.
 */
public sealed interface Tree {
  /** The deepest nesting of collections. */
  int MAX_DEPTH = 24;

  /** The most pieces of a document, those behind aliases counted wherever they are used. */
  int MAX_SIZE = 500_000;

  /** The largest document, in bytes. */
  int MAX_BYTES = 1 << 20;

  /** The line where it begins, from 1; 0 in JSON, whose problems are located by pointer. */
  int line();

  /** The column where it begins, from 1; 0 in JSON. */
  int column();

  /** How many pieces it has, itself included. */
  int size();

  /** Keys with values, as they stand: a key may stand twice. */
  record Mapping(int line, int column, int size, List<Entry> entries) implements Tree {
    public Mapping {
      entries = List.copyOf(entries);
    }
  }

  /**
   * A key and its value.
   *
   * @param line where the key begins, from 1; 0 in JSON
   * @param column where the key begins, from 1; 0 in JSON
   */
  record Entry(String key, int line, int column, Tree value) {}

  record Sequence(int line, int column, int size, List<Tree> items) implements Tree {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * @param text as it stands
   * @param value a String, Integer, Long, Double or Boolean; null for a null
   */
  record Scalar(int line, int column, String text, @Nullable Object value) implements Tree {
    @Override
    public int size() {
      return 1;
    }
  }

  /** Null, or a YAML key with nothing behind it. */
  default boolean isNull() {
    return this instanceof Scalar scalar && scalar.value() == null;
  }

  /** The smallest of Integer, Long and Double that holds a whole number. */
  static Object whole(String digits) {
    try {
      long value = Long.parseLong(digits);
      if (value == (int) value) {
        return (int) value;
      }
      return value;
    } catch (NumberFormatException tooLong) {
      return Double.valueOf(digits);
    }
  }
}
