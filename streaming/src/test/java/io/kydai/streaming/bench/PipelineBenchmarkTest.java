package io.kydai.streaming.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.Device;
import io.kydai.models.detection.Precision;
import io.kydai.streaming.SampleVideo;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That everything is measured; how long it takes is nobody's promise. */
class PipelineBenchmarkTest {

  @Test
  void recordingIsReadAsTheAccessUnitsThatACameraWouldHaveSent(@TempDir Path folder)
      throws Exception {
    SampleVideo video = SampleVideo.encode(folder, 2, 2);
    List<AccessUnit> units = Recording.read(video.file(), 1000);
    assertThat(units).extracting(AccessUnit::data).isEqualTo(data(video.units()));
    assertThat(units)
        .extracting(AccessUnit::keyFrame)
        .isEqualTo(video.units().stream().map(AccessUnit::keyFrame).toList());
    assertThat(units.get(0).parameters()).isEqualTo(video.units().get(0).parameters());
    assertThat(Recording.read(video.file(), 7)).hasSize(7);
  }

  private static List<Object> data(List<AccessUnit> units) {
    return units.stream().<Object>map(AccessUnit::data).toList();
  }

  @Test
  void everyStepOfEveryFrameAfterTheWarmUpIsInTheTable(@TempDir Path folder) throws Exception {
    List<AccessUnit> units = Recording.read(SampleVideo.encode(folder, 1, 0).file(), 25);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DetectorSettings settings =
        new DetectorSettings("light", null, Device.CPU, Precision.INT8, 0.1f, 1);
    try (DetectorModel model = DetectorCatalogue.load(settings)) {
      List<FrameCost> costs = PipelineBenchmark.run(model, Precision.INT8, units, 5);
      assertThat(costs).hasSize(20);
      new CostTable(costs, Optional.empty(), new PrintStream(bytes, true, UTF_8)).print();
    }
    String table = bytes.toString(UTF_8);
    for (Step step : Step.values()) {
      assertThat(table).contains("| " + step.label() + " | ");
    }
    assertThat(table)
        .contains("| sum | ", "| network in place of fp32, both raw | ")
        .doesNotContain("NaN");
  }

  @Test
  void argumentsComeInAnyOrder() {
    assertThat(Arguments.of(List.of("--setting", "light", "a.mp4", "--precision", "int8")))
        .isEqualTo(Arguments.of(List.of("--precision", "int8", "a.mp4", "--setting", "light")));
    assertThat(Arguments.of(List.of("a.mp4", "--frames", "7")))
        .isEqualTo(Arguments.of(List.of("--frames", "7", "a.mp4")));
    assertThat(Arguments.of(List.of()).video()).isEmpty();
  }

  @Test
  void wrongArgumentIsNamed() {
    assertThatThrownBy(() -> Arguments.of(List.of("--frames", "10001")))
        .hasMessageContaining("10001");
    assertThatThrownBy(() -> Arguments.of(List.of("--frames"))).hasMessageContaining("--frames");
    assertThatThrownBy(() -> Arguments.of(List.of("--precision", "auto")))
        .hasMessageContaining("int8 or fp32, not auto");
    assertThatThrownBy(() -> Arguments.of(List.of("--fast"))).hasMessageContaining("--fast");
    assertThatThrownBy(() -> Arguments.of(List.of("a", "b"))).hasMessageContaining("'b'");
  }
}
