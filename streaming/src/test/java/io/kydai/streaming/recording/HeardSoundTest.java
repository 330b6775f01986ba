package io.kydai.streaming.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AudioCodec;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.AudioParameters;
import io.kydai.streaming.mp4.RecordedFile;
import io.kydai.streaming.mp4.RecordedFragment;
import io.kydai.streaming.recording.disk.DiskWriter;
import io.kydai.streaming.recording.disk.RecordingDisks;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.index.RecordedStream;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sound beside made-up pictures, which it never costs anything. */
class HeardSoundTest {
  private static final AudioParameters PCMU =
      new AudioParameters(AudioCodec.PCMU, 8000, 1, new byte[0]);
  private static final AudioParameters PCMA =
      new AudioParameters(AudioCodec.PCMA, 8000, 1, new byte[0]);

  @TempDir Path folder;
  private final MemoryIndex index = new MemoryIndex();
  private final CameraPictures camera = new CameraPictures("gate-1", 400);
  private DiskWriter disk;
  private CameraRecorder recorder;

  @BeforeEach
  void open() throws IOException {
    disk = new DiskWriter(64 << 20);
    RecordingDisks disks = OneDisk.at(folder, new FaultyDisk(folder), disk, () -> 0);
    recorder =
        new CameraRecorder(
            RecordedStream.main(camera.camera),
            Duration.ofMinutes(5),
            null,
            null,
            index,
            disks,
            new RecordingMetrics(new SimpleMeterRegistry())
                .stream(RecordedStream.main(camera.camera)),
            () -> 0);
  }

  @AfterEach
  void close() {
    disk.close(10_000);
  }

  private AudioFrame frame(AudioParameters parameters, long mediaTime, int bytes) {
    return new AudioFrame(
        camera.camera, parameters, mediaTime, Instant.EPOCH, false, ByteBuffer.allocate(bytes));
  }

  /** Pictures with 40 ms of sound beside each. */
  private void record(int pictures, AudioParameters parameters) {
    for (int i = 0; i < pictures; i++) {
      AccessUnit unit = camera.next();
      recorder.add(frame(parameters, unit.mediaTime(), 320));
      recorder.add(unit);
    }
  }

  private List<String> end() throws Exception {
    recorder.end();
    CountDownLatch done = new CountDownLatch(1);
    disk.execute(done::countDown);
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(index.gaps).isEmpty();
    return List.copyOf(index.segments.keySet());
  }

  private RecordedFile read(String file) throws IOException {
    try (FileChannel in = FileChannel.open(folder.resolve(file))) {
      return RecordedFile.read(in);
    }
  }

  private int frames(String file) throws IOException {
    return read(file).fragments().stream()
        .map(RecordedFragment::sound)
        .filter(Objects::nonNull)
        .mapToInt(sound -> sound.sizes().length)
        .sum();
  }

  private void allPicturesAreThere(List<String> files, int count) throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (String file : files) {
      numbers.addAll(RecordedPictures.numbers(folder.resolve(file)));
    }
    assertThat(numbers).hasSize(count).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void anotherKindOfSoundBeginsAFileAtAKeyFrameAndLeavesNoGap() throws Exception {
    record(400, PCMU);
    record(400, PCMA);
    recorder.withoutSound();
    record(0, PCMA);
    for (int i = 0; i < 400; i++) {
      recorder.add(camera.next());
    }
    List<String> files = end();
    assertThat(files).hasSize(3);
    allPicturesAreThere(files, 1200);
    assertThat(frames(files.get(0))).isEqualTo(400 - 1);
    assertThat(frames(files.get(1))).isBetween(380, 400);
    assertThat(read(files.get(2)).soundDescription()).isNull();
  }

  @Test
  void aFloodOfSoundIsLeftOutAndCostsNoPicture() throws Exception {
    record(10, PCMU);
    for (int i = 0; i < 100_000; i++) {
      recorder.add(frame(PCMU, 0, 1400));
    }
    record(190, PCMU);
    List<String> files = end();
    allPicturesAreThere(files, 200);
    assertThat(frames(files.get(0))).isBetween(150, 1200);
  }

  @Test
  void soundThatIsFarAheadWaitsWithinItsBound() throws Exception {
    record(50, PCMU);
    for (int i = 0; i < 5000; i++) {
      recorder.add(frame(PCMU, Long.MAX_VALUE / 4, 1));
    }
    record(50, PCMU);
    allPicturesAreThere(end(), 100);
  }

  @Test
  void aFileThatEndsWithinItsSoundIsCutToItsLastWholeFragment() throws Exception {
    record(100, PCMU);
    List<String> files = end();
    RecordedFile whole = read(files.get(0));
    int count = whole.fragments().size();
    RecordedFragment last = whole.fragments().get(count - 1);
    assertThat(last.sound()).isNotNull();
    try (FileChannel out =
        FileChannel.open(folder.resolve(files.get(0)), StandardOpenOption.WRITE)) {
      out.truncate(last.end() - 100);
    }
    assertThat(new RecordingFolder(folder).close(files.get(0)).orElseThrow().bytes())
        .isEqualTo(last.offset());
    assertThat(read(files.get(0)).fragments()).hasSize(count - 1);
    assertThat(read(files.get(0)).damage()).isEmpty();
  }
}
