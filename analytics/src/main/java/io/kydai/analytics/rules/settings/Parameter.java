package io.kydai.analytics.rules.settings;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One setting of a type of rule, as the rule's type declares it. {@link Settings} reads the setting
 * by this declaration, so that documentation, the HTTP interface and the check at start cannot
 * differ.
 *
 * @param name the key in the configuration, in lower case with dashes
 * @param kind what the value is
 * @param absence what an absent key means
 * @param least the smallest number that is allowed; negative infinity for what is no number
 * @param most the largest number that is allowed; infinity for what is no number
 * @param unit of a number, such as {@code km/h}; empty for none
 * @param values the words that a choice allows, in lower case; empty for other kinds
 * @param description what the setting means: an English phrase without a full stop
 */
public record Parameter(
    String name,
    Kind kind,
    Absence absence,
    double least,
    double most,
    String unit,
    List<String> values,
    String description) {

  /** What a setting's value is. */
  public enum Kind {
    /** The id of a line of the scene. */
    LINE,
    /** The id of a zone of the scene. */
    ZONE,
    /** One id of a zone or a list of them. */
    ZONES,
    /** The id of a zone with {@code use: signal}, or the name of an external signal. */
    SIGNAL,
    /** One COCO class name or a list of them. */
    CLASSES,
    /** A number within the range. */
    NUMBER,
    /** A whole number within the range. */
    INTEGER,
    /** A duration of 0 to 7 days, such as {@code 3s}. */
    DURATION,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** One of the words. */
    CHOICE,
    /** One of the words or a list of them. */
    CHOICES,
    /** Windows of the week, such as {@code mon-fri 22:00-05:00}. */
    SCHEDULE,
    /** The name of a time zone. */
    TIME_ZONE
  }

  /** What it means that a rule's configuration does not have the key. */
  public sealed interface Absence {}

  /** Without the key the rule is refused. */
  public record Required() implements Absence {}

  /**
   * Without the key the rule does what the description says.
   *
   * @param meaning what an absent key means, in a few words, such as {@code the whole picture}
   */
  public record Optional(String meaning) implements Absence {
    public Optional {
      requireNonNull(meaning);
    }
  }

  /**
   * Without the key this value holds.
   *
   * @param value as the configuration would write it: a string, number, boolean or list of strings;
   *     an empty list of classes means every class
   */
  public record Preset(Object value) implements Absence {
    public Preset {
      requireNonNull(value);
    }
  }

  public Parameter {
    requireNonNull(name);
    requireNonNull(kind);
    requireNonNull(absence);
    requireNonNull(unit);
    requireNonNull(description);
    values = List.copyOf(values);
  }

  /** Returns whether a rule without the setting is refused. */
  public boolean required() {
    return absence instanceof Required;
  }
}
