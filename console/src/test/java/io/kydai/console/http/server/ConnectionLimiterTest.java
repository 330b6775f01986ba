package io.kydai.console.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionLimiterTest {
  private final ConnectionLimiter limiter =
      new ConnectionLimiter(new Limits.Connections(6, 3, 2, 1));
  private final List<String> evicted = new ArrayList<>();

  private ConnectionLimiter.Place enter(String address, String name) throws UnknownHostException {
    return limiter.enter(InetAddress.getByName(address), () -> evicted.add(name));
  }

  @Test
  void oneAddressHasItsShareAndOthersTheirs() throws Exception {
    for (int i = 0; i < 3; i++) {
      enter("192.0.2.1", "busy").busy();
    }

    assertThat(enter("192.0.2.1", "more").refused()).isTrue();
    assertThat(enter("192.0.2.2", "other").refused()).isFalse();
    assertThat(limiter.open()).isEqualTo(4);
    assertThat(evicted).isEmpty();
  }

  @Test
  void theLongestWaitingOfTheSameAddressGivesWay() throws Exception {
    enter("192.0.2.2", "other");
    enter("192.0.2.1", "first");
    enter("192.0.2.1", "second").busy();
    enter("192.0.2.1", "third");

    assertThat(enter("192.0.2.1", "fourth").refused()).isFalse();
    assertThat(evicted).containsExactly("first");
    assertThat(enter("192.0.2.1", "fifth").refused()).isFalse();
    assertThat(evicted).containsExactly("first", "third");
    assertThat(limiter.open()).isEqualTo(4);
  }

  @Test
  void aConnectionThatIsAnsweredGoesToTheEndOfTheLine() throws Exception {
    ConnectionLimiter.Place first = enter("192.0.2.1", "first");
    enter("192.0.2.1", "second");
    enter("192.0.2.1", "third");
    first.busy();
    first.waiting();

    enter("192.0.2.1", "fourth");

    assertThat(evicted).containsExactly("second");
  }

  @Test
  void theLastPlacesAreForThisMachine() throws Exception {
    for (int i = 0; i < 4; i++) {
      enter("192.0.2." + i, "busy").busy();
    }

    assertThat(enter("192.0.2.9", "far").refused()).isTrue();
    assertThat(enter("127.0.0.1", "health").refused()).isFalse();
    assertThat(enter("::1", "metrics").refused()).isFalse();
    assertThat(limiter.open()).isEqualTo(6);
  }

  @Test
  void aProxyOnThisMachineHasMoreThanOneAddressShare() throws Exception {
    for (int i = 0; i < 6; i++) {
      ConnectionLimiter.Place place = enter("127.0.0.1", "proxy");
      place.busy();
      assertThat(place.refused()).isFalse();
    }
    assertThat(enter("127.0.0.1", "proxy").refused()).isTrue();
  }

  @Test
  void aNetworkOfIpv6IsOneAddress() throws Exception {
    for (int i = 0; i < 3; i++) {
      enter("2001:db8:1:2::" + i, "busy").busy();
    }

    assertThat(enter("2001:db8:1:2:ffff::1", "same").refused()).isTrue();
    assertThat(enter("2001:db8:1:3::1", "other").refused()).isFalse();
  }

  @Test
  void aPlaceIsGivenBackOnce() throws Exception {
    ConnectionLimiter.Place place = enter("192.0.2.1", "one");
    enter("192.0.2.1", "two");
    place.close();
    place.close();
    place.waiting();

    assertThat(limiter.open()).isEqualTo(1);
    for (int i = 0; i < 60; i++) {
      ConnectionLimiter.Place again = enter("192.0.2.1", "again");
      again.busy();
      again.close();
    }
    assertThat(limiter.open()).isEqualTo(1);
    assertThat(evicted).isEmpty();
  }
}
