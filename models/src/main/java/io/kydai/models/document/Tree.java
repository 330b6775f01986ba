package io.kydai.models.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parsed value of YAML or JSON with its position; the code that reads a tree serves both. */
public sealed interface Tree {
  /** The maximum nesting depth of collections. */
  int MAX_DEPTH = 24;

  /** The maximum number of nodes of a document; a node behind an alias counts at each use. */
  int MAX_SIZE = 500_000;

  /** The maximum size of a document, in bytes. */
  int MAX_BYTES = 1 << 20;

  /** Returns the line where it begins, from 1; 0 in JSON, whose problems are located by pointer. */
  int line();

  /** Returns the column where it begins, from 1; 0 in JSON. */
  int column();

  /** Returns the number of its nodes, itself included. */
  int size();

  /** A mapping with its entries in the order of the document; a key may occur twice. */
  record Mapping(int line, int column, int size, List<Entry> entries) implements Tree {
    public Mapping {
      entries = List.copyOf(entries);
    }
  }

  /**
   * A key and its value.
   *
   * @param line the line where the key begins, from 1; 0 in JSON
   * @param column the column where the key begins, from 1; 0 in JSON
   */
  record Entry(String key, int line, int column, Tree value) {}

  /** A list of values. */
  record Sequence(int line, int column, int size, List<Tree> items) implements Tree {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * A single value.
   *
   * @param text the value's text in the document
   * @param value the value as a String, Integer, Long, Double or Boolean; null for a null
   */
  record Scalar(int line, int column, String text, @Nullable Object value) implements Tree {
    @Override
    public int size() {
      return 1;
    }
  }

  /** Returns whether this is null, or the absent value of a YAML key. */
  default boolean isNull() {
    return this instanceof Scalar scalar && scalar.value() == null;
  }

  /** Parses a whole number as the first of Integer, Long and Double that can represent it. */
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
