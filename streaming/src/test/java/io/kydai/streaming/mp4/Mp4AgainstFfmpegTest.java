package io.kydai.streaming.mp4;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.clock.DecodeTimes;
import io.kydai.ingest.codec.h264.H264SequenceParameterSet;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.SampleVideo;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we write, read by ffprobe and decoded by ffmpeg. */
class Mp4AgainstFfmpegTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void aWholeFileHasTheSourcesPicturesAndTimes(int bPictures) throws Exception {
    SampleVideo sample = SampleVideo.encode(folder, 3, bPictures);

    Path file = write(sample.units());

    assertThat(FfmpegTools.pictures(file))
        .hasSize(75)
        .isEqualTo(FfmpegTools.pictures(sample.file()));
    assertThat(FfmpegTools.presentationTimes(file)).isEqualTo(mediaTimes(sample.units()));
    assertThat(FfmpegTools.decodeTimes(file)).isEqualTo(decodeTimes(sample.units()));
    assertThat(FfmpegTools.probe(file, "stream=width,height,duration_ts,nb_frames").trim())
        .isEqualTo("320,180,270000,75");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void fragmentsHaveTheSourcesPicturesAndTimes(int bPictures) throws Exception {
    SampleVideo sample = SampleVideo.encode(folder, 3, bPictures);
    FragmentTimes times = new FragmentTimes();
    List<AccessUnit> later = new ArrayList<>();
    for (AccessUnit unit : sample.units()) {
      later.add(SampleVideo.moved(unit, unit.sequence(), unit.mediaTime() + 270_000, false));
    }

    Path file = fragmented(later, times);

    assertThat(FfmpegTools.pictures(file))
        .hasSize(75)
        .isEqualTo(FfmpegTools.pictures(sample.file()));
    assertThat(FfmpegTools.presentationTimes(file)).isEqualTo(mediaTimes(later));
    assertThat(FfmpegTools.decodeTimes(file)).isEqualTo(decodeTimes(later));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void fragmentsFromTheCamerasVeryFirstPictureDecode(int bPictures) throws Exception {
    SampleVideo sample = SampleVideo.encode(folder, 2, bPictures);

    Path file = fragmented(sample.units(), new FragmentTimes());

    // Decode times cannot lie before 0, so the first ones are a tick apart: FFmpeg notes it.
    assertThat(FfmpegTools.pictures(file, "error")).isEqualTo(FfmpegTools.pictures(sample.file()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void theDecodeTimesThatIngestFindsAreTheEncoders(int bPictures) throws Exception {
    SampleVideo sample = SampleVideo.encode(folder, 3, bPictures);
    byte[] sps = sample.units().get(0).parameters().sequenceParameterSets().get(0);
    int depth = requireNonNull(H264SequenceParameterSet.parse(sps).reorderDepth());
    DecodeTimes found = new DecodeTimes();

    for (AccessUnit unit : sample.units()) {
      long time = found.next(unit.mediaTime() + 270_000, depth, unit.sequence() == 0);
      assertThat(time).isEqualTo(unit.decodeTime() + 270_000);
    }
  }

  @Test
  void aHoleInMediaTimeStaysAHole() throws Exception {
    SampleVideo sample = SampleVideo.encode(folder, 2, 0);
    List<AccessUnit> units = new ArrayList<>();
    for (AccessUnit unit : sample.units()) {
      long gap = unit.sequence() < 25 ? 0 : 450_000;
      units.add(SampleVideo.moved(unit, unit.sequence(), unit.mediaTime() + gap, false));
    }

    Path file = write(units);

    assertThat(FfmpegTools.presentationTimes(file)).isEqualTo(mediaTimes(units));
    assertThat(FfmpegTools.probe(file, "stream=duration_ts").trim()).isEqualTo("630000");
  }

  @Test
  void aFileHoldsPicturesOfTwoKindsOfParameters() throws Exception {
    SampleVideo one = SampleVideo.encode(folder, 1, 0);
    SampleVideo other = SampleVideo.encode(folder, 2, 3);
    List<AccessUnit> units = new ArrayList<>(one.units());
    for (AccessUnit unit : other.units()) {
      units.add(SampleVideo.moved(unit, unit.sequence() + 25, unit.mediaTime() + 90_000, false));
    }

    Path file = write(units);

    List<String> expected = new ArrayList<>(FfmpegTools.pictures(one.file()));
    expected.addAll(FfmpegTools.pictures(other.file()));
    // FFmpeg's parser, which looks ahead of its decoder, knows the first parameters only.
    assertThat(FfmpegTools.pictures(file, "fatal")).isEqualTo(expected);
  }

  private Path write(List<AccessUnit> units) throws Exception {
    Path file = folder.resolve("out.mp4");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      Mp4File.write(units, channel);
    }
    return file;
  }

  private Path fragmented(List<AccessUnit> units, FragmentTimes times) throws Exception {
    Path file = folder.resolve("fragmented.mp4");
    try (OutputStream out = Files.newOutputStream(file)) {
      var channel = Channels.newChannel(out);
      channel.write(Fragments.initialisation(units.get(0).parameters()));
      long number = 0;
      for (AccessUnit unit : units) {
        long decodeTime = times.next(unit.decodeTime(), number == 0);
        ByteBuffer fragment = Fragments.fragment(++number, unit, decodeTime, times.duration());
        channel.write(fragment);
      }
    }
    return file;
  }

  private static List<Long> mediaTimes(List<AccessUnit> units) {
    return units.stream().map(AccessUnit::mediaTime).toList();
  }

  private static List<Long> decodeTimes(List<AccessUnit> units) {
    return units.stream().map(AccessUnit::decodeTime).toList();
  }
}
