package io.kydai.console.http.api.search;

import io.kydai.analytics.rules.RuleTypes;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.reports.ReportState;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/** The words of files that people read without the console, in one language. */
record FileWords(Language language, ResourceBundle words) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss");

  /** A language of the console. */
  enum Language {
    VI,
    EN;

    String tag() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns the words of a language. */
  static FileWords of(Language language) {
    return new FileWords(
        language,
        ResourceBundle.getBundle(
            FileWords.class.getPackageName() + ".file",
            Locale.forLanguageTag(language.tag()),
            FileWords.class.getClassLoader(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
  }

  /** Returns what stands under a key, with the values put in. */
  String say(String key, Object... values) {
    return values.length == 0
        ? words.getString(key)
        : new MessageFormat(words.getString(key), Locale.forLanguageTag(language.tag()))
            .format(values);
  }

  String state(ReportState state) {
    return say(ErrorText.dashed(state));
  }

  /** Returns the title of a rule's type; its name where the node does not know it any more. */
  String type(String name) {
    String title =
        Optional.ofNullable(RuleTypes.all().get(name))
            .map(RuleType::title)
            .map(both -> language == Language.VI ? both.vietnamese() : both.english())
            .orElse(name);
    return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }

  /** Returns a moment in a zone, such as {@code 28/11/2026 19:09:33}. */
  static String time(Instant at, ZoneId zone) {
    return TIME.format(at.atZone(zone));
  }

  /** Returns a zone's distance from UTC at a moment, such as {@code UTC+07:00}. */
  static String offset(Instant at, ZoneId zone) {
    ZonedDateTime there = at.atZone(zone);
    return "UTC" + (there.getOffset().getTotalSeconds() == 0 ? "" : there.getOffset().getId());
  }
}
