package io.kydai.streaming.signedvideo;

import static io.kydai.streaming.signedvideo.SignedPictures.GROUP;
import static io.kydai.streaming.signedvideo.SignedPictures.START;
import static io.kydai.streaming.signedvideo.SignedPictures.certificate;
import static io.kydai.streaming.signedvideo.SignedPictures.copy;
import static io.kydai.streaming.signedvideo.SignedPictures.pair;
import static io.kydai.streaming.signedvideo.SignedPictures.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.export.ExportedVideo;
import io.kydai.streaming.playback.SegmentFiles;
import io.kydai.streaming.recording.MemoryIndex;
import io.kydai.streaming.recording.PlannedRecorder;
import io.kydai.streaming.recording.RecordingPlan;
import io.kydai.streaming.recording.Recordings;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.disk.RecordingSettings;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.retention.RetentionAges;
import io.kydai.streaming.signedvideo.MediaSigner.Way;
import io.kydai.streaming.signedvideo.SignedVideo.Problem;
import io.kydai.streaming.signedvideo.SignedVideo.State;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The signer is one of our own, written for this test from the specification. How the check agrees
 * with files of the specification's reference implementation is told in {@code
 * docs/signed-video.md}.
 */
class SignedVideoCheckTest {
  private static final Way EACH = new Way(1, 0, true, true, false);

  private static KeyPair key;
  private static X509Certificate root;
  private static X509Certificate leaf;

  @TempDir Path folder;

  static List<Way> ways() {
    return List.of(
        EACH,
        new Way(1, 0, true, false, false),
        new Way(1, 3, true, true, false),
        new Way(2, 0, true, true, false),
        new Way(1, 0, false, true, false),
        new Way(3, 0, false, false, true));
  }

  @BeforeAll
  static void certificates() throws Exception {
    KeyPair above = pair();
    key = pair();
    root = certificate("CN=Maker", above, "CN=Maker", above, true);
    leaf = certificate("CN=Camera", key, "CN=Maker", above, false);
  }

  /** Pictures as lists of NAL units, in groups of four, of which each has two slices. */
  private static List<List<byte[]>> pictures(Way way, int groups) throws Exception {
    Random random = new Random(way.hashCode());
    MediaSigner signer = new MediaSigner(way, key, List.of(leaf));
    List<List<byte[]>> pictures = new ArrayList<>();
    for (int i = 0; i < groups * GROUP; i++) {
      boolean start = i % GROUP == 0;
      pictures.add(
          signer.picture(
              start, slice(false, start, true, random), slice(false, start, false, random)));
    }
    return pictures;
  }

  private SignedVideo check(List<List<byte[]>> pictures, List<X509Certificate> roots)
      throws IOException {
    return checkUnits(units(pictures), roots);
  }

  private static List<AccessUnit> units(List<List<byte[]>> pictures) {
    return SignedPictures.units(pictures, false);
  }

  private SignedVideo checkUnits(List<AccessUnit> units, List<X509Certificate> roots)
      throws IOException {
    return SignedPictures.check(folder, units, roots);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatIsAsTheCameraSignedItIsValidAndTellsFromWhenToWhen(Way way) throws Exception {
    List<List<byte[]>> pictures = pictures(way, 7);

    SignedVideo signed = check(pictures, List.of(root));

    assertThat(signed.problems()).isEmpty();
    assertThat(signed.state()).isEqualTo(State.VALID);
    assertThat(signed.fromSeconds()).isZero();
    assertThat(signed.toSeconds()).isBetween(6 * GROUP / 25.0 - 0.05, 7 * GROUP / 25.0);
    assertThat(signed.signer()).contains("CN=Camera").contains("maker");
    assertThat(check(pictures, List.of()).state()).isEqualTo(State.UNKNOWN_SIGNER);
    assertThat(check(pictures, List.of(leaf)).state()).isEqualTo(State.VALID);
  }

  @Test
  void whatACameraSignedIsSignedInAnExportOfItsRecording() throws Exception {
    List<List<byte[]>> pictures = pictures(EACH, 14);
    Path disk = folder.resolve("recordings");
    try (Recordings recordings =
        new Recordings(
            new RecordingSettings(disk, 1L << 40, 0, Duration.ofMillis(500)),
            new MemoryIndex(),
            camera -> RetentionAges.keeping(Duration.ofDays(10_000)),
            () -> {},
            new SimpleMeterRegistry(),
            Clock.systemUTC())) {
      PlannedRecorder recorder =
          recordings.begin(new CameraId("gate"), new RecordingPlan.Continuous(), Runnable::run);
      units(pictures).forEach(unit -> recorder.add(at(unit)));
      recorder.end();
    }
    List<Segment> segments = new ArrayList<>();
    new RecordingFolder(disk).scan(segments::add);
    segments.sort(Comparator.comparing(Segment::start));
    assertThat(segments).hasSizeGreaterThan(2);

    Path file = folder.resolve("exported.mp4");
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ExportedVideo.open(SegmentFiles.in(disk), segments, START, Instant.MAX, false)
          .write(out, bytes -> {});
    }
    SignedVideo exported = SignedVideoCheck.run(file, List.of(root), START);
    assertThat(exported.state()).isEqualTo(SignedVideo.State.VALID);
    assertThat(exported).isEqualTo(check(pictures, List.of(root)));
  }

  /** The unit at its time of day. */
  private static AccessUnit at(AccessUnit unit) {
    return new AccessUnit(
        unit.camera(),
        unit.parameters(),
        unit.sequence(),
        unit.mediaTime(),
        unit.decodeTime(),
        START.plusMillis(unit.mediaTime() / 90),
        unit.wallClockSource(),
        unit.keyFrame(),
        false,
        false,
        unit.data());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aFileThatBeginsOrEndsAnywhereIsNotInvalid(Way way) throws Exception {
    List<List<byte[]>> pictures = pictures(way, 8);
    for (int from = 0; from < pictures.size(); from += GROUP) {
      for (int to = from + 1; to <= pictures.size(); to += 3) {
        SignedVideo signed = check(pictures.subList(from, to), List.of(root));

        assertThat(signed.state())
            .describedAs("%s from %d to %d: %s", way, from, to, signed.words())
            .isIn(State.VALID, State.UNCHECKED, State.NONE);
        if (to - from >= 4 * GROUP + 1 && !way.apart()) {
          assertThat(signed.state()).isEqualTo(State.VALID);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void noBitOfASignedPictureChangesUnseen(Way way) throws Exception {
    List<List<byte[]>> pictures = pictures(way, 7);
    int nal = 0;
    for (int picture = 0; picture < 6 * GROUP; picture++) {
      for (int i = 0; i < pictures.get(picture).size(); i++, nal++) {
        byte[] good = pictures.get(picture).get(i);
        if (good[0] == 6) {
          continue;
        }
        List<List<byte[]>> changed = copy(pictures);
        byte[] bad = good.clone();
        bad[2 + nal % 6] ^= (byte) (1 << nal % 8);
        changed.get(picture).set(i, bad);

        assertFound(check(changed, List.of(root)), nal, way);
      }
    }
  }

  private static void assertFound(SignedVideo signed, int nal, Way way) {
    assertThat(signed.state()).describedAs("%s, NAL unit %d", way, nal).isEqualTo(State.INVALID);
    assertThat(signed.problems())
        .describedAs("%s, NAL unit %d", way, nal)
        .anyMatch(problem -> problem.firstNal() <= nal && nal <= problem.lastNal());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void noSignedNalUnitIsTakenOutOrMovedUnseen(Way way) throws Exception {
    List<List<byte[]>> pictures = pictures(way, 7);
    for (int picture = 0; picture < 6 * GROUP; picture++) {
      for (int i = 0; i < pictures.get(picture).size(); i++) {
        boolean document = pictures.get(picture).get(i)[0] == 6;
        List<List<byte[]>> without = copy(pictures);
        without.get(picture).remove(i);
        if (without.get(picture).isEmpty() || picture == 0 && document) {
          continue;
        }
        assertThat(check(without, List.of(root)).state())
            .describedAs("%s: picture %d without NAL unit %d", way, picture, i)
            .isEqualTo(State.INVALID);
        if (i > 0 && !document) {
          List<List<byte[]>> swapped = copy(pictures);
          Collections.swap(swapped.get(picture), i - 1, i);
          boolean before = pictures.get(picture).get(i - 1)[0] == 6;
          if (!before) {
            assertThat(check(swapped, List.of(root)).state()).isEqualTo(State.INVALID);
          }
        }
      }
    }
  }

  @Test
  void anotherKeysSignatureAndAnotherCamerasGroupAreFound() throws Exception {
    List<List<byte[]>> pictures = pictures(EACH, 4);
    key = pair();
    List<List<byte[]>> forged = pictures(EACH, 4);

    assertThat(check(forged, List.of(root)).problems())
        .extracting(Problem::what)
        .contains("a signature is not right");
    List<List<byte[]>> mixed = copy(pictures);
    mixed.set(2 * GROUP, new ArrayList<>(forged.get(2 * GROUP)));
    assertThat(check(mixed, List.of(root)).state()).isEqualTo(State.INVALID);
    certificates();
  }

  @Test
  void theCertificatesOfAStreamsBeginningStandInAClipFromLater() throws Exception {
    Way apart = new Way(1, 0, true, true, true);
    List<List<byte[]>> pictures = pictures(apart, 6);
    pictures.forEach(picture -> picture.add(0, new byte[] {9, (byte) 0xf0}));
    List<AccessUnit> stream = units(pictures);
    StreamCertificate certificate = new StreamCertificate();
    stream.forEach(certificate::see);
    List<AccessUnit> later = stream.subList(2 * GROUP, stream.size());

    List<AccessUnit> clip = certificate.before(later);

    assertThat(checkUnits(later, List.of(root)).state()).isEqualTo(State.UNCHECKED);
    assertThat(checkUnits(clip, List.of(root)).state()).isEqualTo(State.VALID);
    ByteBuffer first = clip.get(0).data();
    assertThat(first.get(4)).as("the delimiter stays in front").isEqualTo((byte) 9);
    assertThat(first.get(10)).isEqualTo((byte) 6);
    assertThat(clip.subList(1, clip.size())).isEqualTo(later.subList(1, later.size()));
    assertThat(certificate.before(stream)).as("it is there already").isSameAs(stream);
    assertThat(new StreamCertificate().before(later)).isSameAs(later);
  }

  @Test
  void whatCannotBeCheckedSaysWhy() throws Exception {
    Way apart = new Way(1, 0, true, true, true);
    List<List<byte[]>> later = pictures(apart, 6).subList(GROUP, 6 * GROUP);
    assertThat(check(later, List.of(root)).reason()).contains("only at the start of a stream");

    List<List<byte[]>> axis = new ArrayList<>(List.of(new ArrayList<>(pictures(EACH, 1).get(0))));
    byte[] message = new byte[22];
    message[0] = 6;
    message[1] = 5;
    message[2] = 18;
    System.arraycopy("Signed Video...0".getBytes("US-ASCII"), 0, message, 3, 16);
    message[21] = (byte) 0x80;
    axis.get(0).add(0, message);
    assertThat(check(axis, List.of(root)).reason()).contains("cut off");

    axis.get(0).remove(0);
    assertThat(check(axis, List.of(root)).state()).isEqualTo(State.NONE);
  }

  @Test
  void aDocumentOfAnyBytesEndsInAnAnswer() throws Exception {
    Random random = new Random(26);
    List<List<byte[]>> pictures = pictures(new Way(1, 0, true, false, false), 2);
    byte[] document = pictures.get(GROUP).get(0);
    for (int i = 0; i < 400; i++) {
      byte[] bad = document.clone();
      for (int j = 0; j <= i % 5; j++) {
        bad[19 + random.nextInt(bad.length - 19)] = (byte) random.nextInt();
      }
      List<List<byte[]>> changed = copy(pictures);
      changed.get(GROUP).set(0, bad);

      assertThat(check(changed, List.of(root)).state()).isNotNull();
    }
  }

  @Test
  void anIndexOfAnyBytesIsReadOrRefused() throws Exception {
    check(pictures(EACH, 3), List.of(root));
    byte[] file = Files.readAllBytes(folder.resolve("clip.mp4"));
    Random random = new Random(12);
    for (int i = 0; i < 400; i++) {
      byte[] bad = file.clone();
      bad[random.nextInt(700)] = (byte) random.nextInt();
      Path changed = Files.write(folder.resolve("changed.mp4"), bad);
      try {
        assertThat(SignedVideoCheck.run(changed, List.of(root), START).state()).isNotNull();
      } catch (IOException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
    Path empty = Files.write(folder.resolve("empty.mp4"), new byte[3]);
    assertThatThrownBy(() -> SignedVideoCheck.run(empty, List.of(), START))
        .isInstanceOf(IOException.class);
  }
}
