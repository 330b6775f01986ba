package io.kydai.analytics.decode;

import io.kydai.analytics.observation.Frame;
import io.kydai.ingest.media.AccessUnit;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What access units decode to, in the order in which it is shown.
 *
 * @param sums the MD5 of each picture's planes
 * @param times each picture's, in units of 1/90000 s
 * @param sha1 of all pictures' planes
 */
record Pictures(List<String> sums, List<Long> times, String sha1) {
  private record Picture(String sum, long time) {}

  static Pictures decode(List<AccessUnit> units) {
    MessageDigest all = digest("SHA-1");
    Stream.Builder<Picture> pictures = Stream.builder();
    try (CameraDecoder decoder =
        new CameraDecoder(
            frame -> {
              CameraDecoderTest.update(all, frame);
              pictures.add(new Picture(md5(frame), frame.mediaTime()));
              frame.close();
            })) {
      units.forEach(unit -> decoder.decode(unit, 0));
      decoder.end();
    }
    List<Picture> list = pictures.build().toList();
    return new Pictures(
        list.stream().map(Picture::sum).toList(),
        list.stream().map(Picture::time).toList(),
        HexFormat.of().formatHex(all.digest()));
  }

  /** The MD5 of one picture's planes. */
  static String md5(Frame frame) {
    MessageDigest digest = digest("MD5");
    CameraDecoderTest.update(digest, frame);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many there are, and the SHA-1 of all of them. */
  @Override
  public String toString() {
    return sums.size() + " " + sha1;
  }
}
