package io.kydai.console.users.factor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpSecretTest {
  private static final String RFC_SECRET = Base32.encode("12345678901234567890".getBytes(US_ASCII));

  private final TotpSecret secret = TotpSecret.of(RFC_SECRET);

  /** RFC 6238, appendix B, the rows of SHA-1. */
  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  void gives_the_codes_of_the_rfc(long second, String code) {
    assertThat(secret.code(second / 30, 8, 100_000_000)).isEqualTo(code);
    assertThat(secret.accept(code.substring(2), Instant.ofEpochSecond(second), TotpSecret.NEVER))
        .hasValue(second / 30);
  }

  @Test
  void a_code_holds_for_one_step_before_and_after_its_own() {
    String code = secret.code(1000);

    assertThat(at(998, code)).isEmpty();
    assertThat(at(999, code)).hasValue(1000);
    assertThat(at(1000, code)).hasValue(1000);
    assertThat(at(1001, code)).hasValue(1000);
    assertThat(at(1002, code)).isEmpty();
  }

  private OptionalLong at(long step, String code) {
    return secret.accept(code, Instant.ofEpochSecond(step * 30 + 7), TotpSecret.NEVER);
  }

  @Test
  void a_step_counts_once_and_no_earlier_step_after_it() {
    Instant now = Instant.ofEpochSecond(30_000);

    assertThat(secret.accept(secret.code(1000), now, 1000)).isEmpty();
    assertThat(secret.accept(secret.code(999), now, 1000)).isEmpty();
    assertThat(secret.accept(secret.code(1001), now, 1000)).hasValue(1001);
  }

  @Test
  void only_six_digits_are_a_code() {
    Instant now = Instant.ofEpochSecond(59);

    for (String text : new String[] {"", "28708", "2870820", "28708a", "٢٨٧٠٨٢", " 287082"}) {
      assertThat(secret.accept(text, now, TotpSecret.NEVER)).as(text).isEmpty();
    }
    assertThat(secret.accept("287082", now, TotpSecret.NEVER)).hasValue(1);
  }

  @Test
  void a_generated_secret_survives_its_text() {
    TotpSecret made = TotpSecret.generate(new SecureRandom());

    assertThat(made.base32()).hasSize(32).matches("[A-Z2-7]+");
    assertThat(TotpSecret.of(made.base32()).code(5)).isEqualTo(made.code(5));
    assertThat(made).hasToString("TotpSecret");
  }

  @Test
  void the_address_names_the_site_and_the_account() {
    assertThat(secret.uri("Kydai", "lan anh/x:y"))
        .isEqualTo(
            "otpauth://totp/Kydai:lan%20anh%2Fx%3Ay?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                + "&issuer=Kydai&algorithm=SHA1&digits=6&period=30");
  }

  @Test
  void a_short_or_unreadable_secret_is_refused() {
    assertThatThrownBy(() -> TotpSecret.of("GEZDGNBV"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("128 bits");
    assertThatThrownBy(() -> TotpSecret.of("0000"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("base 32");
  }
}
