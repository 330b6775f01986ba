package io.kydai.console.messages.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.settings.InvalidSettingException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushAddressesTest {
  /** A look-up of names by which a name has these addresses. */
  private static PushAddresses with(String... addresses) {
    return PushAddresses.of(
        host ->
            Arrays.stream(addresses).map(PushAddressesTest::address).toArray(InetAddress[]::new));
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.127.1.1",
        "192.0.0.8",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "2001:0:a00:1::1",
        "2001:db8::1"
      })
  void anAddressOfNoOpenNetworkIsRefused(String address) {
    assertThatThrownBy(() -> with(address).find(URI.create("https://push.example/a")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAddressOfTheOpenInternetIsTheOneThatIsConnectedTo() throws Exception {
    for (String one : new String[] {"142.250.1.1", "172.32.0.1", "100.63.1.1", "2607:f8b0::1"}) {
      assertThat(with(one).find(URI.create("https://push.example/a"))).isEqualTo(address(one));
    }
  }

  @Test
  void aNameIsRefusedWhenOneOfItsAddressesIs() {
    assertThatThrownBy(
            () -> with("142.250.1.1", "10.0.0.1").find(URI.create("https://push.example/a")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anotherPortIsRefused() {
    assertThatThrownBy(() -> with("142.250.1.1").find(URI.create("https://push.example:8443/a")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://push.example/a",
        "https://user:password@push.example/a",
        "https:///a",
        "file:///etc/passwd",
        "https://push.example/a#b",
        "not an address"
      })
  void aSubscriptionHasAnHttpsAddress(String endpoint) {
    assertThatThrownBy(() -> TestBrowser.random().subscription(endpoint))
        .isInstanceOf(InvalidSettingException.class);
  }
}
