package io.kydai.console.users.factor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Base32Test {
  /** RFC 4648, section 10. */
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "f, MY",
    "fo, MZXQ",
    "foo, MZXW6",
    "foob, MZXW6YQ",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI"
  })
  void writes_and_reads_the_rfc_s_examples(String plain, String text) {
    assertThat(Base32.encode(plain.getBytes(US_ASCII))).isEqualTo(text);
    assertThat(new String(Base32.decode(text), US_ASCII)).isEqualTo(plain);
    assertThat(new String(Base32.decode(text.toLowerCase(Locale.ROOT) + "=="), US_ASCII))
        .isEqualTo(plain);
  }
}
