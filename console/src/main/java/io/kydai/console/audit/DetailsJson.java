package io.kydai.console.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The details of an event as canonical JSON of at most {@value #MAX_BYTES} bytes of UTF-8. Where
 * they are longer, long values are cut: a text ends with "…", and an object becomes one with the
 * only key {@code cut}, whose text is the begin of the object's JSON.
 */
final class DetailsJson {
  static final int MAX_BYTES = 8_192;
  private static final int[] LENGTHS = {1_000, 250, 60};

  private DetailsJson() {}

  static String of(Map<String, Object> details) {
    Map<String, Object> plain = new LinkedHashMap<>();
    details.forEach((name, value) -> plain.put(name, plain(value)));
    String json = CanonicalJson.of(plain);
    for (int i = 0; i < LENGTHS.length && json.getBytes(UTF_8).length > MAX_BYTES; i++) {
      Map<String, Object> cut = new TreeMap<>();
      int most = LENGTHS[i];
      plain.forEach((name, value) -> cut.put(name, cut(value, most)));
      json = CanonicalJson.of(cut);
    }
    return json;
  }

  private static Object plain(Object value) {
    return value instanceof Instant time ? AuditEntry.text(time) : value;
  }

  private static Object cut(Object value, int most) {
    if (value instanceof Map<?, ?>) {
      String json = CanonicalJson.of(value);
      return json.length() <= most ? value : Map.of("cut", AuditText.shortened(json, most));
    }
    return value instanceof String text ? AuditText.shortened(text, most) : value;
  }
}
