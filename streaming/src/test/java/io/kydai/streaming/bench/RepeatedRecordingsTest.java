package io.kydai.streaming.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.streaming.SampleVideo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepeatedRecordingsTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void aRecordingIsSentInItsOwnTimeAndGoesOnWhenItIsOver(@TempDir Path folder) throws Exception {
    List<AccessUnit> units = Recording.read(SampleVideo.encode(folder, 2, 0).file(), 1000);
    long duration = RepeatedRecordings.duration(units);
    RepeatedRecordings cameras = new RepeatedRecordings(List.of(units), 2);
    List<AccessUnit> sent = new ArrayList<>();
    cameras.subscribe(RepeatedRecordings.camera(1), sent::add);
    cameras.send(0);
    assertThat(sent).hasSize(1);
    cameras.send(duration * SECOND / 90_000 / 2);
    assertThat(sent).hasSizeBetween(units.size() / 2, units.size() / 2 + 1);
    cameras.send(5 * duration * SECOND / 90_000 / 2);
    assertThat(sent).hasSizeBetween(5 * units.size() / 2, 5 * units.size() / 2 + 1);
    assertThat(sent).extracting(AccessUnit::mediaTime).isSorted().doesNotHaveDuplicates();
    assertThat(sent).extracting(AccessUnit::sequence).isSorted().doesNotHaveDuplicates();
    assertThat(sent).filteredOn(AccessUnit::discontinuity).hasSize(1);
    assertThat(sent.get(units.size()).data()).isEqualTo(units.get(0).data());
    assertThat(sent.get(units.size()).mediaTime()).isEqualTo(units.get(0).mediaTime() + duration);
    assertThat(sent).extracting(AccessUnit::camera).containsOnly(RepeatedRecordings.camera(1));
  }

  @Test
  void nothingIsSentToWhoHasEndedTheSubscription(@TempDir Path folder) throws Exception {
    List<AccessUnit> units = Recording.read(SampleVideo.encode(folder, 1, 0).file(), 1000);
    RepeatedRecordings cameras = new RepeatedRecordings(List.of(units), 1);
    List<AccessUnit> sent = new ArrayList<>();
    cameras.subscribe(RepeatedRecordings.camera(0), sent::add).close();
    cameras.send(SECOND);
    assertThat(sent).isEmpty();
  }
}
