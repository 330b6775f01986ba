package io.kydai.console.http.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.config.AddressRange;
import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeadersTest {
  private static final String PROXY = "10.0.0.1";

  private final ProxyHeaders proxies =
      new ProxyHeaders(List.of(AddressRange.of("10.0.0.0/24"), AddressRange.of("fd00::/8")));

  private ClientOrigin origin(String... headers) throws Exception {
    MultiMap map = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < headers.length; i += 2) {
      map.add(headers[i], headers[i + 1]);
    }
    return proxies.reported(InetAddress.getByName(PROXY), false, map, "id");
  }

  @Test
  void theClientIsTheFirstFromTheRightThatIsNoListedProxy() throws Exception {
    ClientOrigin one = origin("X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "https");
    assertThat(one.address()).isEqualTo("203.0.113.9");
    assertThat(one.secure()).isTrue();
    assertThat(origin("X-Forwarded-For", "203.0.113.9, 10.0.0.7").address())
        .isEqualTo("203.0.113.9");
  }

  @Test
  void whatTheClientItselfWroteDoesNotCount() throws Exception {
    assertThat(origin("X-Forwarded-For", "127.0.0.1, 203.0.113.9").address())
        .isEqualTo("203.0.113.9");
    assertThat(
            origin(
                    "X-Forwarded-For", "127.0.0.1, 203.0.113.9",
                    "X-Forwarded-Proto", "https, http")
                .secure())
        .isFalse();
    ClientOrigin standard =
        origin("Forwarded", "for=127.0.0.1;proto=https, for=203.0.113.9;proto=http");
    assertThat(standard.address()).isEqualTo("203.0.113.9");
    assertThat(standard.secure()).isFalse();
  }

  @Test
  void eachOfTwoProxiesReportsItsOwnScheme() throws Exception {
    ClientOrigin both =
        origin(
            "X-Forwarded-For", "203.0.113.9, 10.0.0.7",
            "X-Forwarded-Proto", "https, http",
            "X-Forwarded-Host", "Kydai.example, inner");
    assertThat(both.secure()).isTrue();
    assertThat(both.host()).isEqualTo("kydai.example");
  }

  @Test
  void theStandardHeaderIsPreferredAndItsFormsAreRead() throws Exception {
    ClientOrigin one =
        origin(
            "Forwarded",
            "For=\"[2001:db8:cafe::17]:4711\";Proto=HTTPS;host=\"kydai.example:8443\"",
            "X-Forwarded-For",
            "203.0.113.9");
    assertThat(InetAddress.getByName(one.address()))
        .isEqualTo(InetAddress.getByName("2001:db8:cafe::17"));
    assertThat(one.secure()).isTrue();
    assertThat(one.host()).isEqualTo("kydai.example:8443");
    assertThat(origin("Forwarded", "for=203.0.113.9:80;by=\"a,b;c\", for=10.0.0.7").address())
        .isEqualTo("203.0.113.9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "_hidden", "203.0.113.9, unknown", "localhost", "1.2.3", ","})
  void anObfuscatedClientIsTheProxy(String value) throws Exception {
    assertThat(origin("X-Forwarded-For", value).address()).isEqualTo(PROXY);
    assertThat(origin("Forwarded", "for=" + value).address()).isEqualTo(PROXY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ";", ",,,", "for", "for=", "=", "for=\"", "for=\"\\", "for=\"a\\\"b\""})
  void aMalformedHeaderIsNoReport(String value) throws Exception {
    assertThat(origin("Forwarded", value).address()).isEqualTo(PROXY);
  }

  @Test
  void onlyListedAddressesAreProxies() throws Exception {
    assertThat(proxies.isProxy(InetAddress.getByName("10.0.0.200"))).isTrue();
    assertThat(proxies.isProxy(InetAddress.getByName("fd12::1"))).isTrue();
    assertThat(proxies.isProxy(InetAddress.getByName("127.0.0.1"))).isFalse();
  }
}
