package io.kydai.models.document;

import static io.kydai.models.document.Key.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {
  record Pump(String id, int litresPerHour, @Nullable String note, Duration rest) {
    Pump {
      if (litresPerHour == 13) {
        throw new IllegalArgumentException("13 litres bring bad luck");
      }
    }
  }

  private static final Shape<Pump> PUMP =
      Shape.of(
              Pump.class,
              key("id", ValueType.text(9), "unique").needed("a name"),
              key("litres-per-hour", ValueType.whole(1, 50), "what it pumps")
                  .unit("l/h")
                  .otherwise(10),
              key("note", ValueType.text(20), "for people"),
              key("rest", ValueType.duration(Duration.ofMinutes(2)), "between two runs")
                  .otherwise(Duration.ofSeconds(90))
                  .unwrittenByDefault())
          .refusedAt("litres-per-hour");

  private final Problems problems = new Problems();

  private Optional<Pump> read(String yaml) throws MalformedException {
    return PUMP.type().read(Value.root(YamlTree.parse(yaml).orElseThrow(), problems));
  }

  private List<String> mistakes() {
    return problems.all().stream().map(ConfigProblem::toString).toList();
  }

  @Test
  void keysFillTheComponentsOfTheirNames() throws MalformedException {
    assertThat(read("{id: a, litres-per-hour: 3, note: old, rest: 1m}"))
        .contains(new Pump("a", 3, "old", Duration.ofMinutes(1)));
    assertThat(read("{id: a}")).contains(new Pump("a", 10, null, Duration.ofSeconds(90)));
    assertThat(problems.count()).isZero();
  }

  @Test
  void allThatIsWrongIsToldAtOnce() throws MalformedException {
    assertThat(read("litres-per-hour: 51\nrest: 3m\nnoet: x")).isEmpty();
    assertThat(mistakes())
        .containsExactly(
            "line 1: id: missing: a name is expected",
            "line 1: litres-per-hour: 51 is not in 1 to 50",
            "line 2: rest: longer than the allowed 120s",
            "line 3: noet: there is no such key; did you mean 'note'?");
  }

  @Test
  void theRecordsRefusalIsToldAtItsKey() throws MalformedException {
    assertThat(read("id: a\nlitres-per-hour: 13")).isEmpty();
    assertThat(mistakes()).containsExactly("line 2: litres-per-hour: 13 litres bring bad luck");
  }

  @Test
  void aComponentWithoutAKeyIsAMistakeOfTheDeclaration() {
    assertThatThrownBy(() -> Shape.of(Pump.class, key("id", ValueType.text(9), "unique")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("litresPerHour");
  }

  @Test
  void whatIsWrittenReadsTheSame() throws MalformedException {
    Pump pump = new Pump("a", 3, null, Duration.ofSeconds(90));
    assertThat(PUMP.write(pump)).isEqualTo(Map.of("id", "a", "litres-per-hour", 3));
    Pump other = Records.with(pump, Map.of("rest", Duration.ofMillis(1500)));
    assertThat(PUMP.write(other)).containsEntry("rest", "1500ms");
    assertThat(read("{id: a, litres-per-hour: 3, rest: 1500ms}")).contains(other);
    assertThatThrownBy(() -> Records.with(pump, Map.of("colour", "red")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theDeclarationSaysRangeUnitAndDefault() {
    Key<?> litres = PUMP.keys().get(1);
    assertThat(litres.range()).isEqualTo("1 to 50 l/h");
    assertThat(litres.shownDefault()).isEqualTo("10");
    assertThat(PUMP.keys().get(3).shownDefault()).isEqualTo("90s");
    assertThat(PUMP.type().schema())
        .containsEntry("required", List.of("id"))
        .containsEntry("additionalProperties", false);
  }

  @Test
  void itemsThatRepeatOneBeforeAreToldAlsoWhenTheyAreWrongOtherwise() throws MalformedException {
    ValueType<List<Pump>> pumps = ValueType.list(PUMP.type(), 5, Distinct.IDS);
    Tree tree = YamlTree.parse("- {id: a}\n- {id: a, rest: no}\n- {id: b}").orElseThrow();
    assertThat(pumps.read(Value.root(tree, problems)).orElseThrow()).hasSize(2);
    assertThat(mistakes())
        .containsExactly(
            "line 2: [1].id: the id 'a' is already used by line 1",
            "line 2: [1].rest: a duration such as 500ms, 10s, 2m, 1h or 30d is expected");
  }

  @Test
  void mistakesOfOneLineAreSortedByTheirColumns() throws MalformedException {
    Tree tree =
        YamlTree.parse("{surplus: 1, rest: no, id: a, litres-per-hour: 99, extra: 2}")
            .orElseThrow();
    assertThat(PUMP.type().read(Value.root(tree, problems))).isEmpty();
    assertThat(mistakes())
        .extracting(mistake -> mistake.split(": ")[1])
        .containsExactly("surplus", "rest", "litres-per-hour", "extra");
  }

  @Test
  void mistakesBeyondTheBoundAreCountedAndLeftOut() {
    for (int i = 0; i < 60; i++) {
      new Value(new Tree.Scalar(0, 0, "", null), "k", "/k", 60 - i, 1, problems).wrong("wrong");
    }
    assertThat(problems.count()).isEqualTo(60);
    assertThat(problems.all()).hasSize(50);
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, 500, 500ms",
    "2d, 172800000, 2d",
    "1.5s, 1500, 1500ms",
    "2m, 120000, 2m",
    "90s, 90000, 90s",
    "1h, 3600000, 1h",
    "3 s, 3000, 3s",
    "0, 0, 0s",
    "0.0004s, 0, 0s"
  })
  void durationsHaveOneGrammar(String text, long milliseconds, String written) {
    Duration duration = DurationText.read(text).orElseThrow();
    assertThat(duration).isEqualTo(Duration.ofMillis(milliseconds));
    assertThat(DurationText.write(duration)).isEqualTo(written);
    assertThat(DurationText.read(written)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1s", "1w", "1e3s", "1.0000001s", "10000000000s"})
  void whatIsNoDurationIsRefused(String text) {
    assertThat(DurationText.read(text)).isEmpty();
  }

  @Test
  void numbersAreSeconds() {
    assertThat(DurationText.read(1.5)).contains(Duration.ofMillis(1500));
    assertThat(DurationText.read(-1)).isEmpty();
    assertThat(DurationText.read(Double.NaN)).isEmpty();
    assertThat(DurationText.read(1e300)).isEmpty();
    assertThat(DurationText.read(true)).isEmpty();
  }
}
