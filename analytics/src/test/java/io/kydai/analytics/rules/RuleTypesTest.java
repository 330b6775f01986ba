package io.kydai.analytics.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.analytics.rules.presence.CrowdingRule;
import io.kydai.analytics.rules.settings.CocoClasses;
import io.kydai.analytics.rules.settings.Parameter;
import io.kydai.analytics.rules.settings.Parameter.Kind;
import io.kydai.analytics.rules.settings.PlateFeed;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.rules.settings.Settings;
import io.kydai.analytics.rules.settings.SignalFeed;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.rules.type.RuleType.Group;
import io.kydai.analytics.rules.type.RuleType.Need;
import io.kydai.analytics.rules.type.RuleType.Outcome;
import io.kydai.analytics.scene.Scene;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the descriptors say is true of the rules, and the documentation says the same. */
class RuleTypesTest {
  private static final String NAME = "[a-z]+(-[a-z]+)*";

  static List<RuleType> types() {
    return List.copyOf(RuleTypes.all().values());
  }

  @ParameterizedTest
  @MethodSource("types")
  void aTypeIsDescribedInFull(RuleType type) {
    assertThat(type.name()).matches(NAME);
    assertThat(type.description()).isNotBlank();
    assertThat(type.title().english()).isNotBlank();
    assertThat(type.title().vietnamese()).isNotBlank();
    assertThat(type.allParameters())
        .allSatisfy(
            parameter -> {
              assertThat(parameter.name()).matches(NAME);
              assertThat(parameter.description()).isNotBlank();
              assertThat(parameter.values().isEmpty())
                  .isEqualTo(parameter.kind() != Kind.CHOICE && parameter.kind() != Kind.CHOICES);
            });
  }

  /** A default is read as if the configuration had it, so it must be within its own range. */
  @ParameterizedTest
  @MethodSource("types")
  void everyDefaultIsAValueThatTheTypeTakes(RuleType type) {
    Map<String, Object> said = new HashMap<>();
    type.allParameters()
        .forEach(
            parameter -> {
              if (parameter.absence() instanceof Parameter.Preset preset
                  && !preset.value().equals(List.of())) {
                said.put(parameter.name(), preset.value());
              }
            });
    RuleSpec spec = new RuleSpec("r", type.name(), said);
    Settings settings =
        new Settings(spec, type.allParameters(), Scene.EMPTY, SignalFeed.NONE, PlateFeed.NONE);
    assertThat(said.keySet()).allSatisfy(key -> read(settings, type, key));
  }

  private static void read(Settings settings, RuleType type, String key) {
    Parameter parameter =
        type.allParameters().stream().filter(p -> p.name().equals(key)).findFirst().orElseThrow();
    switch (parameter.kind()) {
      case NUMBER -> settings.decimal(key);
      case INTEGER -> settings.integer(key);
      case DURATION -> settings.duration(key);
      case BOOLEAN -> settings.flag(key);
      case CLASSES -> assertThat(settings.classes()).isNotEmpty();
      case CHOICE -> assertThat(parameter.values()).contains(settings.text(key, ""));
      case CHOICES -> assertThat(parameter.values()).isNotEmpty();
      default -> throw new AssertionError(parameter + " cannot have a default");
    }
  }

  @Test
  void aRuleThatReadsWhatItsTypeDoesNotDeclareIsAMistake() {
    RuleType type =
        RuleType.named("careless")
            .asks(Group.PEOPLE, "?")
            .madeBy(
                (settings, alerts) -> {
                  settings.duration("for");
                  throw new AssertionError();
                });
    assertThatThrownBy(
            () ->
                new Film(
                    RuleTypes.byName(List.of(type)),
                    Film.SCENE,
                    java.time.Instant.EPOCH,
                    new RuleSpec("r", "careless", Map.of())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("careless")
        .hasMessageContaining("'for'");
  }

  @Test
  void twoTypesCannotShareAName() {
    assertThatThrownBy(() -> RuleTypes.byName(List.of(CrowdingRule.TYPE, CrowdingRule.TYPE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("crowding");
  }

  @ParameterizedTest
  @EnumSource(Group.class)
  void thePageOfRulesHasTheTableOfTheGroup(Group group) throws IOException {
    assertThat(Files.readString(Path.of("../docs/rules.md"))).contains(table(group));
  }

  private static String table(Group group) {
    StringBuilder table =
        new StringBuilder("| type | asks | settings (default) |\n|---|---|---|\n");
    for (RuleType type : types()) {
      if (type.group() == group) {
        table
            .append("| `")
            .append(type.name())
            .append(type.needs().contains(Need.CALIBRATION) ? "` *m* | " : "` | ")
            .append(type.description())
            .append(type.outcome() == Outcome.COUNTS ? " Counts, no alerts | " : " | ")
            .append(
                type.parameters().stream()
                    .map(RuleTypesTest::setting)
                    .collect(Collectors.joining("; ")))
            .append(" |\n");
      }
    }
    return table.toString();
  }

  private static String setting(Parameter parameter) {
    StringBuilder text = new StringBuilder("`" + parameter.name() + "`");
    if (!parameter.values().isEmpty()) {
      text.append(" ").append(String.join(", ", parameter.values()));
    }
    if (Double.isFinite(parameter.least())) {
      text.append(" ").append(plain(parameter.least())).append("–").append(plain(parameter.most()));
    }
    if (!parameter.unit().isEmpty()) {
      text.append(" ").append(parameter.unit());
    }
    if (parameter.absence() instanceof Parameter.Optional optional) {
      text.append(" (").append(optional.meaning()).append(")");
    } else if (parameter.absence() instanceof Parameter.Preset preset) {
      text.append(" (").append(shown(parameter, preset.value())).append(")");
    }
    if (parameter.kind() != Kind.CLASSES) {
      text.append(": ").append(parameter.description());
    }
    return text.toString();
  }

  private static String shown(Parameter parameter, Object value) {
    if (value instanceof List<?> list) {
      Set<Object> set = new TreeSet<>(list);
      if (set.isEmpty() || set.equals(new TreeSet<>(parameter.values()))) {
        return "all";
      }
      if (set.equals(new TreeSet<>(CocoClasses.VEHICLES))) {
        return "vehicles";
      }
      return set.equals(new TreeSet<>(CocoClasses.TRAFFIC))
          ? "traffic"
          : set.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
    return value instanceof Number number
        ? plain(number.doubleValue())
        : value.toString().toLowerCase(Locale.ROOT);
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
