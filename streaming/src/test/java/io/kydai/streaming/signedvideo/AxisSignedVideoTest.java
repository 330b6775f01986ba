package io.kydai.streaming.signedvideo;

import static io.kydai.streaming.signedvideo.SignedPictures.GROUP;
import static io.kydai.streaming.signedvideo.SignedPictures.certificate;
import static io.kydai.streaming.signedvideo.SignedPictures.copy;
import static io.kydai.streaming.signedvideo.SignedPictures.pair;
import static io.kydai.streaming.signedvideo.SignedPictures.slice;
import static io.kydai.streaming.signedvideo.SignedPictures.units;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.streaming.signedvideo.AxisSigner.Vouching;
import io.kydai.streaming.signedvideo.AxisSigner.Way;
import io.kydai.streaming.signedvideo.SignedVideo.State;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Axis Signed Video, by a signer of our own, written for this test. How the check agrees with files
 * of the reference implementation is told in {@code docs/signed-video.md}.
 */
class AxisSignedVideoTest {
  private static final Way FIRST = new Way(1, false, true, 1, 0, true, false, false);
  private static final Way SECOND = new Way(2, false, true, 1, 0, true, true, false);
  private static final String CHIP = "040050015783c24fe4b5c404324352a17180";

  private static KeyPair key;
  private static KeyPair element;
  private static KeyPair above;
  private static X509Certificate root;
  private static Vouching attested;

  @TempDir Path folder;

  static List<Way> ways() {
    return List.of(
        FIRST,
        new Way(1, true, true, 1, 0, false, true, false),
        new Way(1, false, false, 1, 0, true, false, false),
        new Way(1, true, false, 1, 0, false, true, false),
        SECOND,
        new Way(2, true, true, 1, 3, false, true, false),
        new Way(2, false, false, 1, 0, true, false, false),
        new Way(2, true, true, 2, 0, true, true, false),
        new Way(2, true, false, 3, 0, false, true, true));
  }

  @BeforeAll
  static void certificates() throws Exception {
    key = pair();
    element = pair();
    above = pair();
    root = certificate("CN=Vault", above, "CN=Vault", above, true);
    attested =
        vouching(
            AxisSigner.SERIAL_NUMBER,
            AxisSigner.report(element.getPrivate(), CHIP, key.getPublic()));
  }

  private static Vouching vouching(String serialNumber, byte[] report) throws Exception {
    String name = "CN=Axis Edge Vault Attestation " + CHIP + ",SERIALNUMBER=" + serialNumber;
    return new Vouching(report, List.of(certificate(name, element, "CN=Vault", above, false)));
  }

  private static List<List<byte[]>> pictures(Way way, int groups) throws Exception {
    return pictures(way, groups, key, attested);
  }

  private static List<List<byte[]>> pictures(Way way, int groups, KeyPair key, Vouching vouching)
      throws Exception {
    Random random = new Random(way.hashCode());
    AxisSigner signer = new AxisSigner(way, key, vouching);
    List<List<byte[]>> pictures = new ArrayList<>();
    for (int i = 0; i < groups * GROUP; i++) {
      boolean start = i % GROUP == 0;
      pictures.add(
          signer.picture(
              start,
              slice(way.h265(), start, true, random),
              slice(way.h265(), start, false, random)));
    }
    return pictures;
  }

  private SignedVideo check(Way way, List<List<byte[]>> pictures) throws IOException {
    return check(way, pictures, List.of(root));
  }

  private SignedVideo check(Way way, List<List<byte[]>> pictures, List<X509Certificate> roots)
      throws IOException {
    return SignedPictures.check(folder, units(pictures, way.h265()), roots);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatIsAsTheCameraSignedItIsValidAndTellsFromWhenToWhen(Way way) throws Exception {
    List<List<byte[]>> pictures = pictures(way, 7);

    SignedVideo signed = check(way, pictures);

    assertThat(signed.problems()).isEmpty();
    assertThat(signed.state()).isEqualTo(State.VALID);
    assertThat(signed.fromSeconds()).isZero();
    assertThat(signed.toSeconds()).isBetween(6 * GROUP / 25.0 - 0.05, 7 * GROUP / 25.0);
    assertThat(signed.signer()).contains("Edge Vault").contains(AxisSigner.SERIAL_NUMBER);
    assertThat(check(way, pictures, List.of()).state()).isEqualTo(State.UNKNOWN_SIGNER);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aFileThatBeginsOrEndsAnywhereIsNotInvalid(Way way) throws Exception {
    List<List<byte[]>> pictures = pictures(way, 8);
    for (int from = 0; from < pictures.size(); from += 2 * GROUP) {
      for (int to = from + 1; to <= pictures.size(); to += 3) {
        SignedVideo signed = check(way, pictures.subList(from, to));

        assertThat(signed.state())
            .describedAs("%s from %d to %d: %s", way, from, to, signed.words())
            .isIn(State.VALID, State.UNCHECKED, State.NONE);
        if (to - from >= 4 * GROUP + 2 && !way.apart()) {
          assertThat(signed.state()).describedAs("%s %d %d", way, from, to).isEqualTo(State.VALID);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void noSliceChangesOrLeavesOrMovesUnseen(Way way) throws Exception {
    List<List<byte[]>> pictures = pictures(way, 7);
    int header = way.h265() ? 2 : 1;
    int nal = 0;
    for (int picture = 0; picture < 6 * GROUP; picture++) {
      for (int i = 0; i < pictures.get(picture).size(); i++, nal++) {
        byte[] good = pictures.get(picture).get(i);
        boolean document = good.length > 10;
        List<List<byte[]>> without = copy(pictures);
        without.get(picture).remove(i);
        boolean needless = picture == 0 && document;
        if (!without.get(picture).isEmpty()
            && !needless
            && !(way.late() && document && picture == 1 && way.version() == 1)) {
          assertThat(check(way, without).state())
              .describedAs("%s: picture %d without NAL unit %d", way, picture, i)
              .isEqualTo(State.INVALID);
        }
        if (document || nal % 2 == 0) {
          continue;
        }
        List<List<byte[]>> changed = copy(pictures);
        byte[] bad = good.clone();
        bad[header + 1 + nal % 6] ^= (byte) (1 << nal % 8);
        changed.get(picture).set(i, bad);
        assertFound(check(way, changed), nal, way);
        if (i > 0 && nal % 4 == 1 && pictures.get(picture).get(i - 1).length <= 10) {
          List<List<byte[]>> swapped = copy(pictures);
          Collections.swap(swapped.get(picture), i - 1, i);
          assertThat(check(way, swapped).state()).isEqualTo(State.INVALID);
        }
      }
    }
  }

  private static void assertFound(SignedVideo signed, int nal, Way way) {
    assertThat(signed.state()).describedAs("%s, NAL unit %d", way, nal).isEqualTo(State.INVALID);
    assertThat(signed.problems())
        .describedAs("%s, NAL unit %d", way, nal)
        .anyMatch(problem -> problem.firstNal() <= nal && nal <= problem.lastNal());
  }

  @Test
  void noByteOfADocumentChangesUnseen() throws Exception {
    for (Way way : List.of(FIRST, SECOND, ways().get(2))) {
      List<List<byte[]>> pictures = pictures(way, 4);
      int picture = way.late() ? 2 * GROUP + 1 : 2 * GROUP;
      byte[] document = pictures.get(picture).get(0);
      for (int at = 1; at < document.length; at += 7) {
        List<List<byte[]>> changed = copy(pictures);
        byte[] bad = document.clone();
        bad[at] ^= (byte) (1 << at % 8);
        changed.get(picture).set(0, bad);

        // Behind the signature's own length, and the camera's word of an error of its own: the
        // format signs neither.
        boolean padding = document.length - at < 6;
        boolean unsigned = padding || at == errorByte(document, way);
        assertThat(check(way, changed).state())
            .describedAs("%s, byte %d of %d", way, at, document.length)
            .isNotIn(unsigned ? List.of() : List.of(State.VALID, State.UNKNOWN_SIGNER));
      }
    }
  }

  /** Returns where the field of the signature says whether the camera had an error. */
  private static int errorByte(byte[] document, Way way) {
    byte[] field =
        way.version() == 1 ? new byte[] {5, 0, 4 + 1 + 72, 1} : new byte[] {5, 0, 4 + 72, 2};
    for (int at = document.length - field.length; ; at--) {
      if (Arrays.equals(document, at, at + field.length, field, 0, field.length)) {
        return at + field.length;
      }
    }
  }

  @Test
  void onlyWhoseKeyIsVouchedForIsValid() throws Exception {
    KeyPair other = pair();
    byte[] report = AxisSigner.report(element.getPrivate(), CHIP, key.getPublic());
    List<Vouching> useless =
        List.of(
            Vouching.NOTHING,
            vouching(
                AxisSigner.SERIAL_NUMBER,
                AxisSigner.report(element.getPrivate(), CHIP, other.getPublic())),
            vouching(
                AxisSigner.SERIAL_NUMBER,
                AxisSigner.report(other.getPrivate(), CHIP, key.getPublic())),
            vouching("ACCC8E000002", report),
            vouching(AxisSigner.SERIAL_NUMBER, Arrays.copyOf(report, report.length - 1)));
    for (Way way : List.of(FIRST, SECOND)) {
      for (Vouching one : useless) {
        SignedVideo signed = check(way, pictures(way, 4, key, one));

        assertThat(signed.state()).describedAs("%s", one).isEqualTo(State.UNKNOWN_SIGNER);
      }
      assertThat(check(way, pictures(way, 4, key, Vouching.NOTHING)).words())
          .contains("nobody vouches for: a key that only the video tells, SHA-256 ");
    }
  }

  @Test
  void aKeyOfACertificateIsVouchedForByIt() throws Exception {
    String named = "CN=axis-" + AxisSigner.SERIAL_NUMBER.toLowerCase(Locale.ROOT) + "-eccp256-1";
    Vouching own =
        new Vouching(new byte[0], List.of(certificate(named, key, "CN=Vault", above, false)));

    assertThat(check(SECOND, pictures(SECOND, 4, key, own)).state()).isEqualTo(State.VALID);
    assertThat(check(SECOND, pictures(SECOND, 4, pair(), own)).state()).isEqualTo(State.INVALID);
  }

  @Test
  void rsaIsByPkcs1() throws Exception {
    KeyPairGenerator pairs = KeyPairGenerator.getInstance("RSA");
    pairs.initialize(2048);
    KeyPair rsa = pairs.generateKeyPair();
    for (Way way : List.of(FIRST, SECOND, ways().get(2))) {
      assertThat(check(way, pictures(way, 4, rsa, Vouching.NOTHING)).state())
          .isEqualTo(State.UNKNOWN_SIGNER);
    }
  }

  @Test
  void anotherKeyInALaterGroupIsFound() throws Exception {
    for (Way way : List.of(FIRST, SECOND)) {
      List<List<byte[]>> pictures = pictures(way, 5);
      List<List<byte[]>> forged = pictures(way, 5, pair(), Vouching.NOTHING);
      for (int i = 3 * GROUP; i < 5 * GROUP; i++) {
        pictures.set(i, forged.get(i));
      }
      assertThat(check(way, pictures).state()).isEqualTo(State.INVALID);
    }
  }

  @Test
  void theKeyOfAStreamsBeginningStandsInAClipFromLater() throws Exception {
    Way apart = new Way(2, true, true, 1, 0, true, true, true);
    List<AccessUnit> stream = units(pictures(apart, 6), true);
    StreamCertificate certificate = new StreamCertificate();
    stream.forEach(certificate::see);
    List<AccessUnit> later = stream.subList(2 * GROUP, stream.size());

    SignedVideo without = SignedPictures.check(folder, later, List.of(root));
    assertThat(without.state()).isEqualTo(State.UNCHECKED);
    assertThat(without.reason()).contains("its key only at the start of a stream");
    assertThat(SignedPictures.check(folder, certificate.before(later), List.of(root)).state())
        .isEqualTo(State.VALID);
  }

  @Test
  void aDocumentOfAnyBytesEndsInAnAnswer() throws Exception {
    Random random = new Random(26);
    for (Way way : List.of(FIRST, new Way(2, true, true, 1, 0, false, false, false))) {
      List<List<byte[]>> pictures = pictures(way, 2);
      byte[] document = pictures.get(GROUP).get(0);
      for (int i = 0; i < 200; i++) {
        byte[] bad =
            i % 4 == 0
                ? Arrays.copyOf(document, 19 + random.nextInt(document.length - 19))
                : document.clone();
        for (int j = 0; j <= i % 5; j++) {
          bad[3 + random.nextInt(bad.length - 3)] = (byte) random.nextInt();
        }
        List<List<byte[]>> changed = copy(pictures);
        changed.get(GROUP).set(0, bad);

        assertThat(check(way, changed).state()).isNotNull();
      }
    }
  }
}
