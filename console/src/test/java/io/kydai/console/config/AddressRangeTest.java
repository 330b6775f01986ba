package io.kydai.console.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.4, false",
    "192.168.1.128/25, 192.168.1.127, false",
    "192.168.1.128/25, 192.168.1.255, true",
    "0.0.0.0/0, 203.0.113.7, true",
    "0.0.0.0/0, ::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true"
  })
  void anAddressIsInARangeWhenItSharesThePrefix(String range, String address, boolean inside)
      throws Exception {
    assertThat(AddressRange.of(range).contains(InetAddress.getByName(address))).isEqualTo(inside);
  }

  @Test
  void theBitsBehindThePrefixDoNotMatter() {
    assertThat(AddressRange.of("10.0.0.77/24"))
        .isEqualTo(AddressRange.of("10.0.0.0/24"))
        .hasToString("10.0.0.0/24");
    assertThat(AddressRange.of("10.0.0.77")).hasToString("10.0.0.77");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy.example",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/x",
        "10.0.0",
        "",
        "::/129"
      })
  void anythingElseIsRefusedWithoutALookUpOfNames(String text) {
    assertThatThrownBy(() -> AddressRange.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10.0.0.0/24");
  }
}
