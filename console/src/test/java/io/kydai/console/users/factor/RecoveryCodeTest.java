package io.kydai.console.users.factor;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryCodeTest {
  private final List<String> codes = RecoveryCode.generate(new SecureRandom());

  @Test
  void a_set_has_ten_different_codes_of_80_bits() {
    assertThat(codes).hasSize(10).doesNotHaveDuplicates();
    assertThat(codes)
        .allMatch(code -> code.matches("([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}"));
  }

  @Test
  void a_code_is_known_however_it_was_typed() {
    String stored = RecoveryCode.hash("10AB-CDEF-GHJK-MNPQ").orElseThrow();

    assertThat(stored).matches("[0-9a-f]{64}");
    assertThat(RecoveryCode.hash(" iOab cdef ghjkmnpq ")).hasValue(stored);
    assertThat(RecoveryCode.hash("l0ab-cdef-ghjk-mnpq")).hasValue(stored);
    assertThat(RecoveryCode.hash("10AB-CDEF-GHJK-MNPR")).isPresent().isNotEqualTo(stored);
  }

  @Test
  void another_text_is_no_code() {
    for (String text :
        List.of("", "123456", "10AB-CDEF-GHJK-MNP", "10AB-CDEF-GHJK-MNPU", "1".repeat(100))) {
      assertThat(RecoveryCode.hash(text)).as(text).isEmpty();
    }
  }
}
