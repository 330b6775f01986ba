package io.kydai.console.duplicates;

import io.kydai.console.settings.DeskSetting;
import io.kydai.console.settings.InvalidSettingException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How near two reports of a type have to be to be taken for one event: the first rule that is for a
 * type holds, and for a type without a rule nothing is a duplicate.
 *
 * @param rules at most {@value #MAX}
 */
public record DuplicateRules(List<Rule> rules) {
  private static final int MAX = 100;
  private static final double MAX_METRES = 10_000;
  private static final Duration MAX_WINDOW = Duration.ofDays(7);

  /** The setting. */
  public static final DeskSetting<DuplicateRules> SETTING =
      new DeskSetting<>(
          "duplicates",
          DuplicateRules.class,
          new DuplicateRules(List.of(new Rule(null, 150, Duration.ofMinutes(10)))));

  /**
   * A rule.
   *
   * @param types the types of rules whose alerts it is for; null for all
   * @param metres how far apart the places may be
   * @param window how far apart the beginnings of the events may be
   */
  public record Rule(@Nullable List<String> types, double metres, Duration window) {
    public Rule {
      types = types == null ? null : List.copyOf(types);
    }
  }

  public DuplicateRules {
    rules = List.copyOf(rules);
    if (rules.size() > MAX) {
      throw new InvalidSettingException("rules", MAX + " at most");
    }
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (!(rule.metres() >= 0) || rule.metres() > MAX_METRES) {
        throw new InvalidSettingException("rules[" + i + "].metres", "0 to 10000");
      }
      if (rule.window().isNegative() || rule.window().compareTo(MAX_WINDOW) > 0) {
        throw new InvalidSettingException("rules[" + i + "].window", "at most 7 days");
      }
    }
  }

  /** Returns the rule for a type; empty when there is none. */
  Optional<Rule> of(String type) {
    return rules.stream()
        .filter(
            rule -> {
              List<String> types = rule.types();
              return types == null || types.contains(type);
            })
        .findFirst();
  }
}
