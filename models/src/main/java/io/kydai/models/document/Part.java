package io.kydai.models.document;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The declaration that fills one component of a record: a {@link Key} or an {@link Embedded}. */
public sealed interface Part permits Key, Embedded {
  /** Returns the component's name. */
  String component();

  /** Returns the keys, in the order of their declarations. */
  List<Key<?>> keys();

  /**
   * Reads the keys from a section into {@code values}. A wrong value is not stored; a problem is
   * added for it.
   */
  void read(Section section, Values values);

  /** Stores the defaults of the keys that have one in {@code values}. */
  void defaults(Values values);

  /** Checks the values that were read for consistency, and adds a problem for each mistake. */
  void check(Section section, Values values);

  /** Returns the component's value; empty where there is neither a value nor a default. */
  Optional<Object> value(Values values);

  /**
   * Returns the keys with their values as a document holds them.
   *
   * @param component the component's value; null where it is absent
   */
  Map<String, Object> write(@Nullable Object component);
}
