package io.kydai.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.rtsp.message.RtspException;
import java.net.URI;
import org.junit.jupiter.api.Test;

class RedirectsTest {
  private static final URI ASKED = URI.create("rtsp://recorder/one");

  @Test
  void aHostWithAnUnderscoreIsATargetWithoutTheUsersPart() throws Exception {
    assertThat(target("rtsp://user:secret@cam_7:8554/live?channel=1"))
        .isEqualTo(URI.create("rtsp://cam_7:8554/live?channel=1"));
    assertThat(target("rtsps://cam_7/live")).isEqualTo(URI.create("rtsps://cam_7/live"));
  }

  @Test
  void aHostThatUriKnowsKeepsItsPort() throws Exception {
    assertThat(target("rtsp://[2001:db8::1]:554/live"))
        .isEqualTo(URI.create("rtsp://[2001:db8::1]:554/live"));
    assertThat(target("/two")).isEqualTo(URI.create("rtsp://recorder/two"));
  }

  @Test
  void anImpossiblePortIsRefusedAlsoAfterAnUnderscore() {
    for (String port : new String[] {"0", "65536"}) {
      assertThatThrownBy(() -> target("rtsp://cam_7:" + port + "/"))
          .isInstanceOf(RtspException.class)
          .hasMessageContaining("port " + port);
    }
  }

  private static URI target(String location) throws RtspException {
    return Redirects.target(ASKED, location);
  }
}
