package io.kydai.console.http.contract;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Values of a parameter that were found valid, so that what is asked many times a second is checked
 * once. Safe for many threads; no method waits.
 *
 * <p>Bound: {@value #MOST} values of {@value #LONGEST} characters at most; when there are more, all
 * are forgotten.
 */
final class KnownValues {
  static final int MOST = 512;
  static final int LONGEST = 64;

  private final Map<String, Object> known = new ConcurrentHashMap<>();

  /** Keeps a valid value. */
  void add(String text, Object value) {
    if (text.length() > LONGEST) {
      return;
    }
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(text, value);
  }

  /** Returns the value of a text that is known to be valid; null where it is not. */
  @Nullable Object of(String text) {
    return known.get(text);
  }
}
