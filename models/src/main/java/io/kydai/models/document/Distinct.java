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
 * What no two items of a list may share. Items that are wrong otherwise count too, so that both
 * mistakes are told at once.
 *
 * @param key of the items, behind which it stands
 * @param identity what is compared, from the key's text; empty where the text is wrong by itself
 * @param message of the later item, from the identity and where it stood first
 */
public record Distinct(
    String key,
    Function<String, Optional<String>> identity,
    BiFunction<String, Value, String> message) {

  /** Ids, which stand behind {@code id}. */
  public static final Distinct IDS =
      new Distinct(
          "id",
          Optional::of,
          (id, first) ->
              "the id '%s' is taken already, by %s"
                  .formatted(id, first.line() > 0 ? "line " + first.line() : first.pointer()));

  /** Tells of the items that repeat an earlier one, and answers their pointers. */
  Set<String> repeated(List<Value> items) {
    Map<String, Value> seen = new HashMap<>();
    Set<String> repeated = new HashSet<>();
    for (Value item : items) {
      Optional<Value> at = item.under(key);
      Optional<String> known = at.flatMap(Value::scalarText).flatMap(identity);
      if (known.isPresent()) {
        Value first = seen.putIfAbsent(known.get(), at.get());
        if (first != null) {
          at.get().wrong(message.apply(known.get(), first));
          repeated.add(item.pointer());
        }
      }
    }
    return repeated;
  }
}
