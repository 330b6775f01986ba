package io.kydai.analytics.rules.type;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.settings.Durations;
import io.kydai.analytics.rules.settings.InvalidRuleException;
import io.kydai.analytics.rules.settings.Parameter;
import io.kydai.analytics.rules.settings.Parameter.Absence;
import io.kydai.analytics.rules.settings.Parameter.Kind;
import io.kydai.analytics.rules.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Everything that is to be known of one type of rule. The configuration's check, the documentation,
 * the HTTP interface, the wall and the reading of plates all ask this descriptor, so that a new
 * type is one class with its descriptor and one line in {@code RuleTypes}.
 *
 * @param name the {@code type} in the configuration, in lower case with dashes
 * @param group under which heading people look for it
 * @param title what the type is called on a screen
 * @param description what the rule asks of the scene: an English question
 * @param outcome whether it raises alerts or counts
 * @param wantsPlates whether the number plates of those who take part belong on its alerts
 * @param needs what the scene or the node must have for it
 * @param parameters its own settings, in the order in which they are documented; {@link #COMMON}
 *     come on top
 * @param factory makes a rule of a camera from its settings
 */
public record RuleType(
    String name,
    Group group,
    Title title,
    String description,
    Outcome outcome,
    boolean wantsPlates,
    Set<Need> needs,
    List<Parameter> parameters,
    Factory factory) {

  /** The settings that every type has. */
  public static final List<Parameter> COMMON =
      List.of(
          new Parameter(
              "schedule",
              Kind.SCHEDULE,
              new Parameter.Optional("always"),
              Double.NEGATIVE_INFINITY,
              Double.POSITIVE_INFINITY,
              "",
              List.of(),
              "when the rule is asked; out of these hours it sees nothing and what is open closes"),
          new Parameter(
              "timezone",
              Kind.TIME_ZONE,
              new Parameter.Optional("the node's"),
              Double.NEGATIVE_INFINITY,
              Double.POSITIVE_INFINITY,
              "",
              List.of(),
              "in which time zone the schedule is read"),
          duration("min-age", Duration.ZERO, "tracks that are younger are not looked at"),
          number(
              "min-score",
              Kind.NUMBER,
              new Parameter.Preset(0.0),
              0,
              1,
              "",
              "tracks whose newest detection has a lower score are not looked at"),
          duration(
              "cool-down",
              Duration.ZERO,
              "after an alert of the rule has ended, no other opens for so long"));

  /** Under which heading people look for a type. */
  public enum Group {
    TRAFFIC,
    PEOPLE,
    VIOLATIONS,
    CAMERA
  }

  /** What a rule gives. */
  public enum Outcome {
    ALERTS,
    COUNTS
  }

  /** What a rule needs besides a camera. */
  public enum Need {
    /** A line that is drawn in the scene. */
    LINE,
    /** A zone that is drawn in the scene. */
    ZONE,
    /** A zone of use {@code lane}, with the direction of its traffic. */
    LANE,
    /** The scene's calibration, which maps the picture to the ground. */
    CALIBRATION,
    /** A traffic signal's state, read from its lamps or reported by its controller. */
    SIGNAL,
    /** The node reads plates and has a watch-list. */
    WATCH_LIST
  }

  /**
   * A type's name on a screen, in lower case.
   *
   * @param english for people who read English
   * @param vietnamese for people who read Vietnamese
   */
  public record Title(String english, String vietnamese) {
    public Title {
      requireNonNull(english);
      requireNonNull(vietnamese);
    }
  }

  /** Makes a rule. */
  public interface Factory {
    /**
     * @param settings the rule's settings, read by the type's parameters
     * @param alerts where the rule puts its alerts
     * @throws InvalidRuleException when the settings do not fit each other or the scene
     */
    Rule make(Settings settings, AlertSink alerts);
  }

  public RuleType {
    requireNonNull(name);
    requireNonNull(group);
    requireNonNull(title);
    requireNonNull(description);
    requireNonNull(outcome);
    requireNonNull(factory);
    needs = Set.copyOf(needs);
    parameters = List.copyOf(parameters);
    Set<String> keys = new HashSet<>();
    for (Parameter parameter : parameters) {
      if (!keys.add(parameter.name())) {
        throw new IllegalArgumentException(name + " declares '" + parameter.name() + "' twice");
      }
    }
  }

  /** Its own settings and those that every type has. */
  public List<Parameter> allParameters() {
    return Stream.concat(parameters.stream(), COMMON.stream()).toList();
  }

  /** Begins the description of a type, which raises alerts unless the builder is set otherwise. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  private static Parameter duration(String name, Duration otherwise, String description) {
    return plain(
        name,
        Kind.DURATION,
        new Parameter.Preset(Durations.text(otherwise)),
        List.of(),
        description);
  }

  private static Parameter number(
      String name,
      Kind kind,
      Absence absence,
      double least,
      double most,
      String unit,
      String description) {
    return new Parameter(name, kind, absence, least, most, unit, List.of(), description);
  }

  private static Parameter plain(
      String name, Kind kind, Absence absence, List<String> values, String description) {
    return new Parameter(
        name,
        kind,
        absence,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        "",
        values,
        description);
  }

  /** Puts a type together; each setting is declared in the order of its documentation. */
  public static final class Builder {
    private final String name;
    private final List<Parameter> parameters = new ArrayList<>();
    private final Set<Need> needs = EnumSet.noneOf(Need.class);
    private Group group = Group.TRAFFIC;
    private Title title;
    private String description = "";
    private Outcome outcome = Outcome.ALERTS;
    private boolean plates;

    private Builder(String name) {
      this.name = name;
      this.title = new Title(name, name);
    }

    /** What the type is called on a screen; its name where nothing is said. */
    public Builder titled(String english, String vietnamese) {
      title = new Title(english, vietnamese);
      return this;
    }

    /**
     * @param question what the rule asks of the scene, in English
     */
    public Builder asks(Group of, String question) {
      group = of;
      description = question;
      return this;
    }

    /** The type counts and raises no alerts. */
    public Builder counts() {
      outcome = Outcome.COUNTS;
      return this;
    }

    /** The plates of those who take part belong on the type's alerts. */
    public Builder wantsPlates() {
      plates = true;
      return this;
    }

    public Builder needs(Need need) {
      needs.add(need);
      return this;
    }

    /** {@code line}, which must be drawn. */
    public Builder line(String meaning) {
      needs.add(Need.LINE);
      return add(plain("line", Kind.LINE, new Parameter.Required(), List.of(), meaning));
    }

    /** {@code zone}, which must be drawn. */
    public Builder zone(String meaning) {
      needs.add(Need.ZONE);
      return add(plain("zone", Kind.ZONE, new Parameter.Required(), List.of(), meaning));
    }

    /** {@code zone}, where a rule need not have one. */
    public Builder optionalZone(String otherwise, String meaning) {
      return add(plain("zone", Kind.ZONE, new Parameter.Optional(otherwise), List.of(), meaning));
    }

    /** One zone or several. */
    public Builder zones(String key, String meaning) {
      needs.add(Need.ZONE);
      return add(plain(key, Kind.ZONES, new Parameter.Required(), List.of(), meaning));
    }

    /** {@code signal}, a traffic signal's name. */
    public Builder signal(String meaning) {
      needs.add(Need.SIGNAL);
      return add(plain("signal", Kind.SIGNAL, new Parameter.Required(), List.of(), meaning));
    }

    /**
     * {@code classes}, the COCO names of the objects that the rule looks at.
     *
     * @param otherwise the default; an empty set means every class
     */
    public Builder classes(Set<String> otherwise) {
      return add(
          plain(
              "classes",
              Kind.CLASSES,
              new Parameter.Preset(List.copyOf(new TreeSet<>(otherwise))),
              List.of(),
              "what the rule looks at"));
    }

    /** A duration of 0 to 7 days. */
    public Builder duration(String key, Duration otherwise, String meaning) {
      return add(RuleType.duration(key, otherwise, meaning));
    }

    /** A duration of 0 to 7 days without one default. */
    public Builder optionalDuration(String key, String otherwise, String meaning) {
      return add(plain(key, Kind.DURATION, new Parameter.Optional(otherwise), List.of(), meaning));
    }

    /** A number that the configuration must give. */
    public Builder number(String key, double least, double most, String unit, String meaning) {
      return add(
          RuleType.number(key, Kind.NUMBER, new Parameter.Required(), least, most, unit, meaning));
    }

    /** A number with a default. */
    public Builder number(
        String key, double least, double most, double otherwise, String unit, String meaning) {
      return add(
          RuleType.number(
              key, Kind.NUMBER, new Parameter.Preset(otherwise), least, most, unit, meaning));
    }

    /** A number that takes another setting's place. */
    public Builder optionalNumber(
        String key, double least, double most, String otherwise, String unit, String meaning) {
      return add(
          RuleType.number(
              key, Kind.NUMBER, new Parameter.Optional(otherwise), least, most, unit, meaning));
    }

    /** A whole number that the configuration must give. */
    public Builder integer(String key, int least, int most, String meaning) {
      return add(
          RuleType.number(key, Kind.INTEGER, new Parameter.Required(), least, most, "", meaning));
    }

    /** A whole number with a default. */
    public Builder integer(String key, int least, int most, int otherwise, String meaning) {
      return add(
          RuleType.number(
              key, Kind.INTEGER, new Parameter.Preset(otherwise), least, most, "", meaning));
    }

    /** {@code true} or {@code false}. */
    public Builder flag(String key, boolean otherwise, String meaning) {
      return add(plain(key, Kind.BOOLEAN, new Parameter.Preset(otherwise), List.of(), meaning));
    }

    /** One of an enum's constants, written in lower case, that the configuration must give. */
    public Builder choice(String key, Class<? extends Enum<?>> type, String meaning) {
      return add(plain(key, Kind.CHOICE, new Parameter.Required(), words(type), meaning));
    }

    /** One of an enum's constants, written in lower case, with a default. */
    public <T extends Enum<T>> Builder choice(String key, T otherwise, String meaning) {
      return add(
          plain(
              key,
              Kind.CHOICE,
              new Parameter.Preset(word(otherwise)),
              words(otherwise.getDeclaringClass()),
              meaning));
    }

    /** One or more of an enum's constants, all of them by default. */
    public Builder choices(String key, Class<? extends Enum<?>> type, String meaning) {
      return add(plain(key, Kind.CHOICES, new Parameter.Preset(words(type)), words(type), meaning));
    }

    /** The finished type. */
    public RuleType madeBy(Factory factory) {
      return new RuleType(
          name, group, title, description, outcome, plates, needs, parameters, factory);
    }

    private Builder add(Parameter parameter) {
      parameters.add(parameter);
      return this;
    }

    private static List<String> words(Class<? extends Enum<?>> type) {
      return Stream.of(type.getEnumConstants()).map(Builder::word).toList();
    }

    private static String word(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
  }
}
