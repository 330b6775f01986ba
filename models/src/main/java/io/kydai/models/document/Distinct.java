package io.kydai.models.document;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A uniqueness constraint on the items of a list: no two items may have the same identity. Items
 * that have other mistakes are compared too, so that one reading reports both.
 *
 * @param key the key of an item from whose text the identity is computed
 * @param identity computes the identity from the key's text; returns empty where the text is not
 *     valid
 * @param message makes the message for the later of two equal items, from the identity and the
 *     earlier item's value
 */
public record Distinct(
    String key,
    Function<String, Optional<String>> identity,
    BiFunction<String, Value, String> message) {

  /** The constraint that the values of the key {@code id} differ. */
  public static final Distinct IDS =
      new Distinct(
          "id",
          Optional::of,
          (id, first) ->
              "the id '%s' is already used by %s"
                  .formatted(id, first.line() > 0 ? "line " + first.line() : first.pointer()));

  /** Adds a problem for each item that repeats an earlier one, and returns their JSON pointers. */
  Set<String> repeated(List<Value> items) {
    Map<String, Value> firstByIdentity = new HashMap<>();
    Set<String> repeated = new HashSet<>();
    for (Value item : items) {
      Optional<Value> at = item.under(key);
      Optional<String> known = at.flatMap(Value::scalarText).flatMap(identity);
      if (known.isPresent()) {
        Value first = firstByIdentity.putIfAbsent(known.get(), at.get());
        if (first != null) {
          at.get().wrong(message.apply(known.get(), first));
          repeated.add(item.pointer());
        }
      }
    }
    return repeated;
  }
}
