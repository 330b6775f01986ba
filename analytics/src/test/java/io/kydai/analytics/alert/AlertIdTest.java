package io.kydai.analytics.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertIdTest {
  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "", " ", "../A-5", "A-5/..", ".partial", "a\0", "a\n", "ä"})
  void textsThatCannotNameAFolderAreNoIds(String text) {
    assertThat(AlertId.valid(text)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> AlertId.of(text));
  }

  @Test
  void anIdIsAtMostAsLongAsItsFolderMayBe() {
    AlertId longest = AlertId.of("a".repeat(128));
    assertThat(longest).hasToString("a".repeat(128));
    assertThat(AlertId.valid("a".repeat(129))).isFalse();
  }

  @Test
  void aRulesIdIsNotBlank() {
    assertThatIllegalArgumentException().isThrownBy(() -> RuleId.of(" "));
    assertThat(RuleId.of("lane 3")).hasToString("lane 3");
  }
}
