package io.kydai.ingest.onvif.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReachedHostTest {
  private static ReachedHost reached(String address) {
    return new ReachedHost(URI.create(address));
  }

  @ParameterizedTest(name = "reached at {0}, a service said to be at {1} is at {2}")
  @CsvSource({
    "http://10.0.0.5/d, http://10.0.0.5:8899/onvif/media, http://10.0.0.5:8899/onvif/media",
    "http://10.0.0.5/d, http://192.168.1.10/onvif/media?a=b, http://10.0.0.5/onvif/media?a=b",
    "http://nat.example:8080/d, http://192.168.1.10:80/m, http://nat.example:8080/m",
    "https://10.0.0.5/d, http://10.0.0.5:80/m, https://10.0.0.5/m",
    "http://10.0.0.5/d, http://[fe80::1]/m, http://10.0.0.5/m",
    "http://10.0.0.5/d, http://user:pw@evil.example/m, http://10.0.0.5/m",
    "http://[fd00::7]/d, http://10.0.0.5/m, http://[fd00::7]/m",
    "http://10.0.0.5/d, http://10.0.0.5, http://10.0.0.5/",
    "http://cam_7:8080/d, http://192.168.1.10:80/m, http://cam_7:8080/m",
    "http://cam_7/d, http://CAM_7:8899/m, http://cam_7:8899/m",
    "http://10.0.0.5/d, http://user:pw@cam_7:81/m, http://10.0.0.5/m",
  })
  void aServiceIsAtTheReachedHost(String host, String given, String expected) {
    assertThat(reached(host).service(given)).contains(URI.create(expected));
  }

  @ParameterizedTest(name = "a stream said to be at {0} is at {1}")
  @CsvSource({
    "rtsp://192.168.1.10:554/live?channel=1&subtype=0, rtsp://nat.example:554/live?channel=1&subtype=0",
    "rtsp://admin:pw@nat.example/live, rtsp://nat.example/live",
    "RTSP://0.0.0.0:554/a b|c, rtsp://nat.example:554/a%20b%7Cc",
    "rtsps://192.168.1.10:322/live, rtsps://nat.example:322/live",
    "rtsp://admin:pw@cam_7:8554/live, rtsp://nat.example:8554/live",
  })
  void aStreamIsAtTheReachedHostAndKeepsItsPort(String given, String expected) {
    assertThat(reached("http://nat.example:8080/d").stream(given)).contains(URI.create(expected));
  }

  @Test
  void otherSchemesAndNonsenseAreNoAddresses() {
    ReachedHost host = reached("http://10.0.0.5/d");
    for (String given :
        new String[] {
          "http://10.0.0.5:99999/m",
          "rtsp://10.0.0.5:0/m",
          "http://cam_7:99999/m",
          "rtsp://cam_7:0/m",
          "file:///etc/passwd",
          "gopher://x/",
          "",
          "http:",
          "a b",
          "%"
        }) {
      assertThat(host.service(given)).as(given).isEmpty();
      assertThat(host.stream(given)).as(given).isEmpty();
    }
    assertThat(host.stream("rtsp://x/" + "a".repeat(2_000))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://10.0.0.5:65536/d", "http://cam_7:65536/d", "http://cam_7:0/d"})
  void aPortThatCannotBeIsRefused(String address) {
    assertThatThrownBy(() -> reached(address)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://admin:s3cret@10.0.0.5/d", "http://admin:s3cret@cam_7/d"})
  void anAddressWithAPasswordIsRefusedWithoutRepeatingIt(String address) {
    assertThatThrownBy(() -> reached(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret");
  }
}
