package io.kydai.models.document;

import java.util.List;
import java.util.Optional;

/** A piece of YAML or JSON that remembers its line; both are read by the same code from here on. */
public sealed interface Tree {
  /** The deepest nesting of collections. */
  int MAX_DEPTH = 24;

  /** The most pieces of a document, those behind aliases counted wherever they are used. */
  int MAX_SIZE = 500_000;

  /** The largest document, in bytes. */
  int MAX_BYTES = 1 << 20;

  /** From 1; 0 in JSON, which is told by pointer. */
  int line();

  /** How many pieces it has, itself included. */
  int size();

  /** Keys with values, as they stand: a key may stand twice. */
  record Mapping(int line, int size, List<Entry> entries) implements Tree {
    public Mapping {
      entries = List.copyOf(entries);
    }
  }

  record Entry(String key, int line, Tree value) {}

  record Sequence(int line, int size, List<Tree> items) implements Tree {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * @param text as it stands
   * @param value a String, Integer, Long, Double or Boolean; empty for null
   */
  record Scalar(int line, String text, Optional<Object> value) implements Tree {
    @Override
    public int size() {
      return 1;
    }
  }

  /** Null, or a YAML key with nothing behind it. */
  default boolean isNull() {
    return this instanceof Scalar scalar && scalar.value().isEmpty();
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
