package io.kydai.console.messages.rules;

import static java.util.Objects.requireNonNull;

import io.kydai.console.settings.DeskSetting;
import io.kydai.console.settings.InvalidSettingException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a site's messages; all that are for an occasion hold.
 *
 * @param clipWait how long an incident waits for its clip at most, up to ten minutes
 * @param faultWait how long a camera's fault lasts before it is told, and how long the camera must
 *     have been well before its next one is, up to a day; null for five minutes
 * @param pictures whether e-mails of incidents have the alert's picture
 * @param rules at most {@value #MAX}
 */
public record MessageRules(
    Duration clipWait, @Nullable Duration faultWait, boolean pictures, List<MessageRule> rules) {
  private static final int MAX = 200;
  private static final int MAX_ID = 63;
  private static final int MAX_NAMES = 1_000;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
  private static final Duration FAULT_WAIT = Duration.ofMinutes(5);
  private static final Duration LONGEST_FAULT_WAIT = Duration.ofDays(1);

  /** The setting. */
  public static final DeskSetting<MessageRules> SETTING =
      new DeskSetting<>(
          "messages",
          MessageRules.class,
          new MessageRules(Duration.ofMinutes(1), FAULT_WAIT, false, List.of()));

  public MessageRules {
    requireNonNull(clipWait);
    faultWait = faultWait == null ? FAULT_WAIT : faultWait;
    rules = List.copyOf(rules);
    if (clipWait.isNegative() || clipWait.compareTo(LONGEST_WAIT) > 0) {
      throw new InvalidSettingException("clip-wait", "not negative, ten minutes at most");
    }
    if (faultWait.isNegative() || faultWait.compareTo(LONGEST_FAULT_WAIT) > 0) {
      throw new InvalidSettingException("fault-wait", "not negative, a day at most");
    }
    if (rules.size() > MAX) {
      throw new InvalidSettingException("rules", MAX + " at most");
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < rules.size(); i++) {
      check(rules.get(i), "rules[" + i + "].", ids);
    }
  }

  @Override
  public Duration faultWait() {
    return requireNonNull(faultWait);
  }

  private static void check(MessageRule rule, String field, Set<String> ids) {
    if (rule.id().isBlank() || rule.id().length() > MAX_ID || !ids.add(rule.id())) {
      throw new InvalidSettingException(field + "id", "an id that no other rule has");
    }
    if (rule.occasions().isEmpty()) {
      throw new InvalidSettingException(field + "occasions", "one at least");
    }
    if (rule.channels().isEmpty()) {
      throw new InvalidSettingException(field + "channels", "one at least");
    }
    if (rule.to().isEmpty()) {
      throw new InvalidSettingException(field + "to", "somebody who gets it");
    }
    if (rule.to().accounts().size() > Recipients.MAX
        || rule.to().shifts().size() > Recipients.MAX) {
      throw new InvalidSettingException(field + "to", Recipients.MAX + " of each at most");
    }
    checkNames(field + "types", rule.types());
    checkNames(field + "groups", rule.groups());
    checkNames(field + "areas", rule.areas());
  }

  private static void checkNames(String field, @Nullable List<String> names) {
    if (names != null && names.size() > MAX_NAMES) {
      throw new InvalidSettingException(field, MAX_NAMES + " at most");
    }
  }

  /** Returns the rules for such an occasion of a report of a type, wherever its camera stands. */
  public List<MessageRule> of(Occasion occasion, String type) {
    return rules.stream().filter(rule -> rule.isFor(occasion, type)).toList();
  }
}
