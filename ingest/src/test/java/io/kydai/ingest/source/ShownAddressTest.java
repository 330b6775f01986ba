package io.kydai.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "usr=SECRET",
        "pw=SECRET",
        "pas=SECRET",
        "token=SECRET",
        "key=SECRET",
        "auth=SECRET",
        "u=SECRET",
        "p%77d=SECRET",
        "X-Amz-Signature=SECRET",
        "sid=SECRET",
        "PASSWORD=SECRET",
        "channel=pw=SECRET",
        "SECRET",
        "stream=a:SECRET"
      })
  void aValueUnderAnyNameThatIsNotKnownToBeHarmlessIsMasked(String piece) {
    for (String address :
        new String[] {
          "rtsp://h:554/a?" + piece,
          "rtsp://h/a?channel=1&" + piece + "&subtype=0",
          "rtsp://h?" + piece,
          "rtsp://h/a;x?b?" + piece
        }) {
      assertThat(ShownAddress.of(URI.create(address))).doesNotContain("SECRET").contains("***");
      assertThat(ShownAddress.hidden(URI.create(address))).anyMatch(one -> one.contains("SECRET"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://h/user=admin_password=SECRET_channel=1_stream=0.sdp, rtsp://h/user=***",
    "rtsp://h/user=admin&password=SECRET&channel=1&stream=0.sdp?, "
        + "rtsp://h/user=***&password=***&channel=1&stream=0.sdp?",
    "rtsp://h/live/pin=SECRET/ch1, rtsp://h/live/pin=***/ch1"
  })
  void soIsOneInThePath(String address, String shown) {
    assertThat(ShownAddress.of(URI.create(address))).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://h",
        "rtsp://h:554/cam/realmonitor?channel=1&subtype=1",
        "rtsp://h/Streaming/Channels/101?transportmode=unicast&profile=Profile_1",
        "rtsp://h/ch01.264?ptype=udp",
        "rtsp://h/axis-media/media.amp?videocodec=h264&resolution=640x480&fps=15",
        "rtsp://h/live?tcp",
        "rtsp://h/user=&password=&channel=1"
      })
  void whatSaysWhichStreamIsWantedIsShown(String address) {
    assertThat(ShownAddress.of(URI.create(address))).isEqualTo(address);
    assertThat(ShownAddress.hidden(URI.create(address))).isEmpty();
  }

  @Test
  void smallNumbersDoNotSpoilSentences() {
    URI address = URI.create("rtsp://h/a?pos=1");
    assertThat(ShownAddress.of(address)).isEqualTo("rtsp://h/a?pos=***");
    assertThat(ShownAddress.hidden(address)).isEmpty();
  }

  @Test
  void aUserBeforeTheHostIsLeftOut() {
    assertThat(ShownAddress.of(URI.create("RTSP://admin:secret@10.0.0.5/1")))
        .isEqualTo("RTSP://10.0.0.5/1");
    assertThat(ShownAddress.of(URI.create("http://admin:s@10.0.0.5/a?pwd=b@c")))
        .isEqualTo("http://10.0.0.5/a?pwd=***");
    assertThat(ShownAddress.of(URI.create("rtsp://10.0.0.5/a@b"))).isEqualTo("rtsp://10.0.0.5/a@b");
  }
}
