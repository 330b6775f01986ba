package io.kydai.console.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.CameraJson;
import io.kydai.console.config.tree.Secret;
import io.kydai.ingest.source.CameraId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CameraYamlTest {
  @Test
  void what_is_written_is_read_as_the_same_without_the_password() {
    CameraConfig camera =
        CameraJson.read(
            """
            {"id": "gate", "name": "Ngọ Môn: cổng", "url": "rtsp://admin:s3cret@10.0.0.5/x",
             "scene": {"lines": [{"id": "v", "from": [0.1, 0.9], "to": [0.2, 0.9]}]},
             "rules": [{"id": "c", "type": "line-count", "line": "v"}]}
            """
                .getBytes(StandardCharsets.UTF_8));

    String text = CameraYaml.write(List.of(camera));
    List<ImportedRow> read = CameraYaml.read(text);

    assertThat(text).contains("cameras:").doesNotContain("s3cret").doesNotContain("admin");
    assertThat(read).singleElement().satisfies(row -> assertThat(row.mistakes()).isEmpty());
    assertThat(CameraJson.write(read.get(0).camera())).isEqualTo(CameraJson.write(camera));
  }

  @Test
  void a_mistake_has_its_line_and_key() {
    List<ImportedRow> read =
        CameraYaml.read(
            """
            cameras:
              - id: a
                url: rtsp://h/1
                retention-days: never
              - id: b
                url: rtsp://h/2
              - id: b
                url: rtsp://h/3
            """);

    assertThat(read.get(0).mistakes().get(0))
        .satisfies(
            mistake -> {
              assertThat(mistake.line()).isEqualTo(4);
              assertThat(mistake.column()).isEqualTo("retention-days");
            });
    assertThat(read.get(1).mistakes()).isEmpty();
    assertThat(read.get(2).mistakes()).isNotEmpty();
    assertThat(CameraYaml.read("a: [").get(0).mistakes()).isNotEmpty();
    assertThat(CameraYaml.read("http: {}").get(0).mistakes()).isNotEmpty();
  }

  @Test
  void a_secret_is_not_read_from_the_nodes_environment() {
    CameraConfig any = CameraConfig.of(new CameraId("x"), Secret.of("rtsp://h/1"));
    assertThat(any.name()).isEqualTo("x");
    assertThat(CameraYaml.read("cameras: [{id: a, url: 'rtsp://u:${PATH}@h/1'}]").get(0).mistakes())
        .isNotEmpty();
  }
}
