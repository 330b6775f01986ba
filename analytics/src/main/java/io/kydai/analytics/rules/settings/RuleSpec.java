package io.kydai.analytics.rules.settings;

import java.util.Map;

/**
 * A rule as configuration has it.
 *
 * @param id unique in its camera
 * @param type which kind of rule, such as {@code line-count}
 * @param settings the other keys, by name: strings, numbers, booleans, lists and maps of these
 */
public record RuleSpec(String id, String type, Map<String, Object> settings) {
  public RuleSpec {
    settings = Map.copyOf(settings);
  }
}
