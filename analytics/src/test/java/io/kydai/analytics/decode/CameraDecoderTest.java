package io.kydai.analytics.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.kydai.analytics.AnnexB;
import io.kydai.analytics.TestVideo;
import io.kydai.analytics.observation.Frame;
import io.kydai.ingest.SharedData;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraDecoderTest {
  private static final CameraId CAMERA = new CameraId("gate");

  private final List<Long> times = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(OpenNatives.frames()).isZero();
    assertThat(OpenNatives.decoders()).isZero();
  }

  private CameraDecoder decoder() {
    return new CameraDecoder(
        frame -> {
          times.add(frame.mediaTime());
          widths.add(frame.width());
          frame.close();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BA_MW_D.264", // one reference picture
        "MIDR_MW_D.264", // many key frames
        "NRF_MW_E.264", // pictures that nobody refers to
        "MPS_MW_A.264", // several parameter sets
        "MR1_MW_A.264", // several reference pictures
        "LS_SVA_D.264", // 1,700 pictures
        "SVA_BA2_D.264",
        "Static.264", // cropped
        "test_cif_P_CABAC_slice.264", // many slices
        "Zhling_1280x720.264"
      })
  void everyPictureOfAConformanceStreamIsExact(String file) throws Exception {
    Path folder = SharedData.assumeThere("h264-conformance");
    String[] expected =
        Files.readAllLines(folder.resolve("EXPECTED.tsv")).stream()
            .map(line -> line.split("\t"))
            .filter(columns -> columns[0].equals(file))
            .findFirst()
            .orElseThrow();
    int width = Integer.parseInt(expected[3]);
    int height = Integer.parseInt(expected[4]);
    MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
    int[] count = new int[1];
    try (CameraDecoder decoder =
        new CameraDecoder(
            frame -> {
              count[0]++;
              update(sha1, frame);
              frame.close();
            })) {
      byte[] stream = Files.readAllBytes(folder.resolve(file));
      for (AccessUnit unit : AnnexB.split(stream, CAMERA, width, height, 3600)) {
        decoder.decode(unit, 0);
      }
      decoder.end();
    }
    assertThat(count[0]).isEqualTo(Integer.parseInt(expected[5]));
    assertThat(HexFormat.of().formatHex(sha1.digest())).isEqualTo(expected[1]);
  }

  /** All of a picture's planes, without what pads their rows. */
  static void update(MessageDigest digest, Frame frame) {
    for (int plane = 0; plane < 3; plane++) {
      int shift = plane == 0 ? 0 : 1;
      byte[] row = new byte[frame.width() + shift >> shift];
      for (int y = 0; y < frame.height() + shift >> shift; y++) {
        frame.picture().data(plane).position((long) y * frame.picture().linesize(plane)).get(row);
        digest.update(row);
      }
    }
  }

  @Test
  void motionVectorsComeWithPicturesFromWhenTheyAreWanted() {
    List<Boolean> moving = new ArrayList<>();
    try (CameraDecoder decoder =
        new CameraDecoder(
            frame -> {
              moving.add(!MotionVectors.of(frame.picture()).isEmpty());
              frame.close();
            })) {
      List<AccessUnit> units = TestVideo.accessUnits(CAMERA, 320, 240, 9);
      for (int i = 0; i < units.size(); i++) {
        decoder.motionVectors(i >= 3 && i < 6);
        decoder.decode(units.get(i), 0);
      }
      decoder.end();
    }
    assertThat(moving).containsExactly(false, false, false, true, true, true, false, false, false);
  }

  @Test
  void noPictureIsLostWhereBPicturesAreReordered() throws Exception {
    List<AccessUnit> units = AnnexB.split(withBPictures(), CAMERA, 320, 240, 3600);
    try (CameraDecoder decoder = decoder()) {
      units.forEach(unit -> decoder.decode(unit, 0));
      decoder.end();
    }
    assertThat(units).hasSize(50);
    assertThat(times).hasSize(50);
  }

  private static byte[] withBPictures() throws Exception {
    List<String> command =
        List.of("ffmpeg -v error -f lavfi -i testsrc=size=320x240:rate=25 -frames:v 50".split(" "));
    command = new ArrayList<>(command);
    command.addAll(List.of("-c:v libx264 -pix_fmt yuv420p -bf 2 -f h264 -".split(" ")));
    Process ffmpeg;
    try {
      ffmpeg = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    } catch (IOException e) {
      return abort("ffmpeg is missing (Debian package ffmpeg): " + e.getMessage());
    }
    return ffmpeg.getInputStream().readAllBytes();
  }

  @Test
  void eachPictureLeavesAtOnceWithTheTimesOfItsAccessUnit() {
    List<AccessUnit> units = TestVideo.accessUnits(CAMERA, 320, 240, 30);
    List<Frame> seen = new ArrayList<>();
    try (CameraDecoder decoder =
        new CameraDecoder(
            frame -> {
              seen.add(frame);
              assertThat(frame.arrivedNanos()).isEqualTo(frame.mediaTime() + 7);
              frame.close();
            })) {
      for (int i = 0; i < units.size(); i++) {
        AccessUnit unit = units.get(i);
        decoder.decode(unit, unit.mediaTime() + 7);
        assertThat(seen).hasSize(i + 1);
        assertThat(seen.get(i).mediaTime()).isEqualTo(unit.mediaTime());
        assertThat(seen.get(i).wallClock()).isEqualTo(unit.wallClock());
      }
    }
  }

  @Test
  void aDamagedPictureIsToldAndDecodingGoesOnAtTheNextKeyFrame() {
    List<AccessUnit> units = TestVideo.accessUnits(CAMERA, 320, 240, 30);
    try (CameraDecoder decoder = decoder()) {
      for (int i = 0; i < units.size(); i++) {
        if (i == 4) {
          byte[] garbage = new byte[units.get(i).size()];
          Arrays.fill(garbage, (byte) 0x5a);
          AccessUnit damaged = with(units.get(i), garbage);
          assertThatThrownBy(() -> decoder.decode(damaged, 0)).isInstanceOf(DecodeException.class);
        } else {
          decoder.decode(units.get(i), 0);
        }
      }
    }
    assertThat(times).hasSize(24).doesNotContain(units.get(5).mediaTime());
    assertThat(times.get(4)).isEqualTo(units.get(10).mediaTime());
  }

  @Test
  void whatIsSaidToBeDamagedIsPassedOverUpToTheNextWholeKeyFrame() {
    List<AccessUnit> units = TestVideo.accessUnits(CAMERA, 320, 240, 40);
    try (CameraDecoder decoder = decoder()) {
      for (int i = 0; i < units.size(); i++) {
        boolean damaged = i >= 4 && i < 20;
        decoder.decode(damaged ? damaged(units.get(i)) : units.get(i), 0);
      }
    }
    assertThat(times).hasSize(24);
    assertThat(times.get(3)).isEqualTo(units.get(3).mediaTime());
    assertThat(times.get(4)).isEqualTo(units.get(20).mediaTime());
  }

  private static AccessUnit damaged(AccessUnit unit) {
    return new AccessUnit(
        unit.camera(),
        unit.parameters(),
        unit.sequence(),
        unit.mediaTime(),
        unit.decodeTime(),
        unit.wallClock(),
        unit.wallClockSource(),
        unit.keyFrame(),
        unit.discontinuity(),
        true,
        unit.data());
  }

  @Test
  void aPictureCutShortIsNotPassedOffAsWhole() {
    List<AccessUnit> units = TestVideo.accessUnits(CAMERA, 320, 240, 20);
    AccessUnit key = units.get(0);
    byte[] head = new byte[key.size() / 2];
    key.data().get(head);
    ByteBuffer.wrap(head).putInt(head.length - 4);
    try (CameraDecoder decoder = decoder()) {
      assertThatThrownBy(() -> decoder.decode(with(key, head), 0))
          .isInstanceOf(DecodeException.class);
      units.subList(1, 20).forEach(unit -> decoder.decode(unit, 0));
    }
    assertThat(times).hasSize(10).first().isEqualTo(units.get(10).mediaTime());
  }

  @Test
  void aStreamJoinedInTheMiddleStartsAtItsKeyFrame() {
    List<AccessUnit> units = TestVideo.accessUnits(CAMERA, 320, 240, 20);
    try (CameraDecoder decoder = decoder()) {
      units.subList(3, 20).forEach(unit -> decoder.decode(unit, 0));
    }
    assertThat(times).hasSize(10).first().isEqualTo(units.get(10).mediaTime());
  }

  @Test
  void aNewPictureSizeGetsANewDecoder() {
    try (CameraDecoder decoder = decoder()) {
      TestVideo.accessUnits(CAMERA, 320, 240, 5).forEach(unit -> decoder.decode(unit, 0));
      TestVideo.accessUnits(CAMERA, 640, 360, 5).forEach(unit -> decoder.decode(unit, 0));
      assertThat(OpenNatives.decoders()).isOne();
    }
    assertThat(widths).containsExactly(320, 320, 320, 320, 320, 640, 640, 640, 640, 640);
  }

  @Test
  void newParameterSetsBeforeAPictureThatIsNoKeyFrameAreTaken() {
    List<AccessUnit> units = TestVideo.accessUnits(CAMERA, 320, 240, 30);
    CodecParameters first = units.get(0).parameters();
    byte[] picture = first.pictureParameterSets().get(0);
    CodecParameters more =
        new CodecParameters(
            first.codec(), 320, 240, first.sequenceParameterSets(), List.of(picture, picture));
    try (CameraDecoder decoder = decoder()) {
      for (int i = 0; i < units.size(); i++) {
        AccessUnit unit = units.get(i);
        decoder.decode(i < 5 ? unit : with(unit, more, unit.data()), 0);
      }
    }
    assertThat(times).hasSize(30);
  }

  @Test
  void parametersOnWhichDecodingFailedAreTakenFromTheNextKeyFrame() {
    List<AccessUnit> before = TestVideo.accessUnits(CAMERA, 320, 240, 5);
    List<AccessUnit> after = TestVideo.accessUnits(CAMERA, 640, 360, 5);
    byte[] garbage = new byte[400];
    Arrays.fill(garbage, (byte) 0x5a);
    AccessUnit broken = with(before.get(4), after.get(0).parameters(), ByteBuffer.wrap(garbage));
    try (CameraDecoder decoder = decoder()) {
      before.subList(0, 4).forEach(unit -> decoder.decode(unit, 0));
      assertThatThrownBy(() -> decoder.decode(broken, 0)).isInstanceOf(DecodeException.class);
      after.forEach(unit -> decoder.decode(unit, 0));
    }
    assertThat(widths).containsExactly(320, 320, 320, 320, 640, 640, 640, 640, 640);
  }

  @Test
  void unusableParametersAreAnErrorAndBetterOnesAreTaken() {
    AccessUnit whole = TestVideo.accessUnits(CAMERA, 320, 240, 1).get(0);
    CodecParameters bad =
        new CodecParameters(
            whole.parameters().codec(),
            320,
            240,
            List.of(new byte[] {0x67, 1, 2, 3}),
            List.of(new byte[] {0x68}));
    AccessUnit unusable =
        new AccessUnit(
            CAMERA,
            bad,
            0,
            0,
            0,
            whole.wallClock(),
            WallClockSource.ARRIVAL,
            true,
            false,
            false,
            whole.data());
    try (CameraDecoder decoder = decoder()) {
      assertThatThrownBy(() -> decoder.decode(unusable, 0)).isInstanceOf(DecodeException.class);
      decoder.decode(whole, 0);
    }
    assertThat(times).hasSize(1);
  }

  @Test
  void anAccessUnitBeyondTheBoundIsRefusedBeforeItIsCopied() {
    AccessUnit whole = TestVideo.accessUnits(CAMERA, 320, 240, 1).get(0);
    AccessUnit huge = with(whole, new byte[CameraDecoder.MAX_UNIT_BYTES + 1]);
    try (CameraDecoder decoder = decoder()) {
      assertThatThrownBy(() -> decoder.decode(huge, 0)).hasMessageContaining("too large");
    }
  }

  private static AccessUnit with(AccessUnit unit, byte[] data) {
    return with(unit, unit.parameters(), ByteBuffer.wrap(data));
  }

  private static AccessUnit with(AccessUnit unit, CodecParameters parameters, ByteBuffer data) {
    return new AccessUnit(
        unit.camera(),
        parameters,
        unit.sequence(),
        unit.mediaTime(),
        unit.mediaTime(),
        unit.wallClock(),
        WallClockSource.ARRIVAL,
        unit.keyFrame(),
        unit.discontinuity(),
        false,
        data);
  }
}
