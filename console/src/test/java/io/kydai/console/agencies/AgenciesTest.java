package io.kydai.console.agencies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.settings.InvalidSettingException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgenciesTest {
  /** Makes agencies of a text: {@code child<parent}, with blanks between. */
  private static Agencies of(String text) {
    return new Agencies(
        Arrays.stream(text.split(" "))
            .map(one -> one.split("<"))
            .map(one -> new Agency(one[0], one[0], one.length > 1 ? one[1] : null, null))
            .toList());
  }

  private static Agencies line(int length) {
    return new Agencies(
        IntStream.range(0, length)
            .mapToObj(i -> new Agency("a" + i, "a" + i, i == 0 ? null : "a" + (i - 1), null))
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "province, csgt fire province team-1 team-2",
    "csgt, csgt team-1 team-2",
    "team-1, team-1",
    "fire, fire",
    "other, other",
  })
  void thoseUnderAnAgencyAreItselfAndItsLine(String id, String expected) {
    Agencies town = of("team-1<csgt province csgt<province fire<province team-2<csgt other");
    assertThat(String.join(" ", town.under().get(id).stream().sorted().toList()))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a<a", "a<b b<a", "a<b b<c c<a other", "a<unknown"})
  void aCircleAndAnUnknownParentAreRefused(String agencies) {
    assertThatThrownBy(() -> of(agencies))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("does not stand below this one");
  }

  @Test
  void tenStandInOneLineAtMost() {
    assertThat(line(10).under().get("a0")).hasSize(10);
    assertThatThrownBy(() -> line(11))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("8 above it at most");
    assertThat(new Agencies(List.of()).under()).isEmpty();
  }
}
