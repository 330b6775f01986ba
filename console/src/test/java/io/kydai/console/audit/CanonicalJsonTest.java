package io.kydai.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

  @Test
  void sortsKeysAndLeavesOutNullMembers() {
    Map<String, Object> value = new HashMap<>();
    value.put("b", 1);
    value.put("a", Arrays.asList(true, null, "x"));
    value.put("B", Map.of());
    value.put("none", null);
    assertThat(CanonicalJson.of(value)).isEqualTo("{\"B\":{},\"a\":[true,null,\"x\"],\"b\":1}");
  }

  @Test
  void escapesOnlyWhatItMust() {
    assertThat(CanonicalJson.of("\"\\/\b\t\n\f\r\u0001\u001f\u007fđ😀\u2028"))
        .isEqualTo("\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\\u001f\u007fđ😀\u2028\"");
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1",
    "-0.0, 0",
    "10.7769, 10.7769",
    "0.1, 0.1",
    "0.0001, 0.0001",
    "0.00001, '\"1.0E-5\"'",
    "106.70098765432112345, 106.700987654321",
    "2e15, '\"2.0E15\"'",
    "999999999999999, 999999999999999",
    "NaN, '\"NaN\"'",
    "-Infinity, '\"-Infinity\"'"
  })
  void writesANumberInOneFormOnly(double number, String json) {
    assertThat(CanonicalJson.of(number)).isEqualTo(json);
  }

  @Test
  void writesAnImmenseNumberAsItIsWritten() {
    assertThat(CanonicalJson.of(new BigDecimal("1e999999999"))).isEqualTo("\"1E+999999999\"");
    assertThat(CanonicalJson.of(Long.MAX_VALUE)).isEqualTo("\"9223372036854775807\"");
  }

  @Test
  void writesAKeyWhoseOrderLibrariesSeeDifferentlyInAscii() {
    assertThat(CanonicalJson.of(Map.of("đường", 1))).isEqualTo("{\"_u0111__u01b0__u1edd_ng\":1}");
  }

  @Test
  void replacesHalvesOfCharacters() {
    assertThat(CanonicalJson.of(new ArrayList<>(List.of("\udc00", "\ud83d", "\ud83d\ude00"))))
        .isEqualTo("[\"\ufffd\",\"\ufffd\",\"😀\"]");
  }
}
