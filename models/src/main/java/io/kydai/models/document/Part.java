package io.kydai.models.document;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What fills a component of a record: a key, or keys that stand beside the others. */
public sealed interface Part permits Key, Embedded {
  /** The component's name. */
  String component();

  /** The keys, in the order of their declarations. */
  List<Key<?>> keys();

  /** Reads the keys; what is wrong is told to the section's values and left out. */
  void read(Section section, Values values);

  /** Puts the defaults of the keys that have one. */
  void defaults(Values values);

  /** Checks what was read against each other. */
  void check(Section section, Values values);

  /** The component's value; empty where nothing was given and there is no default. */
  Optional<Object> value(Values values);

  /** The keys with their values, from the component's, which is null where it is absent. */
  Map<String, Object> write(@Nullable Object component);
}
