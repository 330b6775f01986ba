package io.kydai.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.connect.Endpoint;
import io.kydai.ingest.source.CameraSource.Credentials;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostAndPortTest {
  private static CameraSource source(String url) {
    return CameraSource.of(new CameraId("a"), url);
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://cam_1.local/x, cam_1.local, 554",
    "rtsp://user:p%40ss@cam_1:8554/x, cam_1, 8554",
    "rtsps://_a/, _a, 322",
    "rtsp://máy-ảnh.vn:1554/x, xn--my-nh-xqa2444c.vn, 1554",
    "rtsp://[::1]:8554/x, ::1, 8554",
    "rtsp://192.0.2.1/x, 192.0.2.1, 554"
  })
  void namesOfContainersAndInternationalNamesAreHosts(String url, String host, int port) {
    CameraSource source = source(url);

    assertThat(Endpoint.of(source.address(), false)).isEqualTo(new Endpoint(host, port));
  }

  @Test
  void theLogInIsTakenOutOfAnAddressWithAnUnderscore() {
    CameraSource source = source("rtsp://user:p%40ss@cam_1:8554/x?y=1");

    assertThat(source.address()).isEqualTo(URI.create("rtsp://cam_1:8554/x?y=1"));
    assertThat(source.credentials()).contains(new Credentials("user", "p@ss"));
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://cam!1/x, '!'",
    "rtsp://u:p@cam*1:554/x, *",
    "rtsp://cam~1/x, ~",
    "rtsp://u:p@cam^2.local/s, ^"
  })
  void theCharacterThatIsWrongIsNamed(String url, String character) {
    assertThatThrownBy(() -> source(url))
        .hasMessageContaining("a host may not have the character '" + character + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://user:pa@ss@host/x",
    "rtsp://user:pa#ss@host/x",
    "rtsp://host:99999/x",
    "rtsp://a_b:0/x",
    "rtsp://host:12x/y",
    "rtsp://a..b_/x?#"
  })
  void whatIsNotSureIsRefusedWithoutRepeatingIt(String url) {
    assertThatThrownBy(() -> source(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("ss@")
        .hasMessageNotContaining("host:");
  }
}
