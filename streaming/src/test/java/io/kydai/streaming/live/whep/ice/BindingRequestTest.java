package io.kydai.streaming.live.whep.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Checks of connectivity, by the example of RFC 5769. */
class BindingRequestTest {
  /** Section 2.1. */
  private static final byte[] EXAMPLE =
      HexFormat.of()
          .parseHex(
              "000100582112a442b7e7a701bc34d686fa87dfae"
                  + "802200105354554e207465737420636c69656e74"
                  + "002400046e0001ff80290008932ff9b151263b36"
                  + "000600096576746a3a68367659202020"
                  + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
                  + "80280004e57a3bcf");

  private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

  @Test
  void theExampleIsAuthenticUnderItsPasswordAlone() {
    BindingRequest request = BindingRequest.parse(EXAMPLE).orElseThrow();
    assertThat(request.toName()).isEqualTo("evtj");
    assertThat(request.fromName()).isEqualTo("h6vY");
    assertThat(request.nominates()).isFalse();
    assertThat(request.isAuthentic(PASSWORD)).isTrue();
    assertThat(request.isAuthentic(PASSWORD + "x")).isFalse();
  }

  /** Section 2.2, without the name of the software. */
  @Test
  void theAnswerSaysFromWhereTheRequestCame() throws Exception {
    byte[] answer =
        BindingRequest.parse(EXAMPLE)
            .orElseThrow()
            .success(new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 32_853), PASSWORD);
    assertThat(HexFormat.of().formatHex(answer))
        .startsWith("0101002c2112a442b7e7a701bc34d686fa87dfae" + "002000080001a147e112a643")
        .contains("00080014")
        .hasSize(2 * 64);
    byte[] six =
        BindingRequest.parse(EXAMPLE)
            .orElseThrow()
            .success(
                new InetSocketAddress(
                    InetAddress.getByName("2001:db8:1234:5678:11:2233:4455:6677"), 32_853),
                PASSWORD);
    // Section 2.3.
    assertThat(HexFormat.of().formatHex(six))
        .contains("002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9");
  }

  @Test
  void whatIsNoCheckIsPassedOver() {
    for (int size = 0; size < EXAMPLE.length; size++) {
      assertThat(BindingRequest.parse(java.util.Arrays.copyOf(EXAMPLE, size))).isEmpty();
    }
    byte[] answer = EXAMPLE.clone();
    answer[0] = 1;
    assertThat(BindingRequest.parse(answer)).isEmpty();
    assertThat(BindingRequest.parse(new byte[BindingRequest.MAX_BYTES + 1])).isEmpty();
  }

  /** Any one changed byte before the fingerprint is seen by it or by the integrity. */
  @Test
  void noChangedByteIsAuthentic() {
    Random random = new Random(1);
    for (int at = 0; at < EXAMPLE.length - 8; at++) {
      byte[] changed = EXAMPLE.clone();
      changed[at] ^= (byte) (1 + random.nextInt(255));
      assertThat(BindingRequest.parse(changed).filter(one -> one.isAuthentic(PASSWORD)))
          .as("byte " + at)
          .isEmpty();
    }
  }
}
