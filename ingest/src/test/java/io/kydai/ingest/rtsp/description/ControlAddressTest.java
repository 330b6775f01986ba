package io.kydai.ingest.rtsp.description;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.rtsp.message.RtspHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlAddressTest {
  @ParameterizedTest
  @CsvSource({
    "rtsp://h/a/, trackID=1, rtsp://h/a/trackID=1",
    "rtsp://h/a, trackID=1, rtsp://h/a/trackID=1",
    "rtsp://h/a/, /trackID=1, rtsp://h/a/trackID=1",
    "rtsp://h/a, *, rtsp://h/a",
    "rtsp://h/a, '', rtsp://h/a",
    "rtsp://h/a, rtsp://other:554/b, rtsp://other:554/b",
    "rtsp://h/a, RTSP://other/b, RTSP://other/b",
    "rtsps://h/a, rtsps://other/b, rtsps://other/b",
    "rtsp://h/a, rtsp://user:pass@word@other/b@c, rtsp://other/b@c",
    "rtsp://h/a, rtsp://user:pass@other, rtsp://other",
    "rtsp://h/H264?channel=1&subtype=0, video, rtsp://h/H264?channel=1&subtype=0/video",
    "rtsp://h/a/, ?ctype=video, rtsp://h/a?ctype=video",
  })
  void controlsAreResolvedAsCamerasMeanThem(String base, String control, String expected) {
    assertThat(ControlAddress.resolve(base, control)).isEqualTo(expected);
  }

  @Test
  void theBaseIsContentBaseThenContentLocationThenWhatWasAskedFor() {
    RtspHeaders headers = new RtspHeaders();
    assertThat(ControlAddress.base(headers, "rtsp://asked/")).isEqualTo("rtsp://asked/");
    headers.add("Content-Location", "rtsp://location/");
    assertThat(ControlAddress.base(headers, "rtsp://asked/")).isEqualTo("rtsp://location/");
    headers.add("content-base", "rtsp://user:pass@192.168.1.10:5554/");
    assertThat(ControlAddress.base(headers, "rtsp://asked/"))
        .isEqualTo("rtsp://192.168.1.10:5554/");
  }

  @Test
  void aBaseWithoutItsSchemeDoesNotCount() {
    RtspHeaders headers = new RtspHeaders().add("Content-Base", "192.168.1.10:554/stream0/");
    assertThat(ControlAddress.base(headers, "rtsp://asked/")).isEqualTo("rtsp://asked/");
  }
}
