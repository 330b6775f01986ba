package io.kydai.console.users.factor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonPasswordsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "123qweasdzxc",
        "1QAZ2wsx3edc",
        "Administrator",
        "qwertyqwerty",
        "aaaaaaaaaaaa",
        "abcabcabcabca",
        "Pass12pass12",
      })
  void knows_what_is_tried_first(String password) {
    assertThat(CommonPasswords.contains(password)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nâu lá mưa cầu 7", "correct horse battery", "abcdefgabcdefg-1", ""})
  void lets_others_pass(String password) {
    assertThat(CommonPasswords.contains(password)).isFalse();
  }

  @Test
  void a_password_must_not_have_the_account_s_or_the_site_s_name_in_it() {
    assertThat(CommonPasswords.hasName("my-Kydai-2026!", "lan", "kydai")).isTrue();
    assertThat(CommonPasswords.hasName("Nguyen.Lan.2026", "nguyen.lan", "kydai")).isTrue();
    assertThat(CommonPasswords.hasName("planetarium at 7", "lan", "kydai")).isFalse();
  }
}
