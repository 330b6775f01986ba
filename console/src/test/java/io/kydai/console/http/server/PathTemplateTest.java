package io.kydai.console.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {
  private final PathTemplate template = new PathTemplate("/cameras/{id}/hls/media/{file}");

  @Test
  void aPlainPathHasItsParameters() {
    assertThat(template.match("/cameras/gate-1/hls/media/7-part12.mp4"))
        .isEqualTo(Map.of("id", "gate-1", "file", "7-part12.mp4"));
    assertThat(new PathTemplate("/cameras/{id}/live.m3u8").match("/cameras/a/live.m3u8"))
        .isEqualTo(Map.of("id", "a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/cameras/gate/hls/media",
        "/cameras/gate/hls/media/",
        "/cameras//hls/media/a.mp4",
        "/cameras/gate/hls/media/a.mp4/",
        "/cameras/gate/hls/media/a.mp4/b",
        "/cameras/gate/hls/other/a.mp4",
        "/Cameras/gate/hls/media/a.mp4",
        "/cameras/gate/hls/medias/a.mp4",
        "/cameras/gate/hls/media/..",
        "/cameras/../hls/media/a.mp4",
        "/cameras/g%61te/hls/media/a.mp4",
        "/cameras/gate/hls/media/a;b.mp4",
        "/cameras/gäte/hls/media/a.mp4",
        "/x/cameras/gate/hls/media/a.mp4"
      })
  void anyOtherIsTheRouters(String path) {
    assertThat(template.match(path)).isNull();
  }
}
