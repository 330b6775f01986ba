package io.kydai.ingest.simulator.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Encoded pictures that are played in an endless loop: an elementary stream of H.264 or H.265
 * (ITU-T H.264 and H.265, Annex B), or JPEG pictures one after the other. The first bytes determine
 * the format. Immutable, and shared by any number of cameras.
 *
 * <p>Pictures are sent in their stored order, one frame interval apart. With B-pictures, the
 * presentation times follow from the stream's picture order count; when the count cannot be read,
 * {@link #ordered} returns false, and the times follow the stored order. {@code ffmpeg -i FILM -an
 * -c:v libx264 -g 50 CLIP.h264}, {@code -c:v libx265 -x265-params open-gop=0 CLIP.h265} and {@code
 * -c:v mjpeg -huffman default -pix_fmt yuvj420p -f mjpeg CLIP.mjpeg} write such files.
 *
 * <table>
 * <caption>Limits; a clip beyond them is refused</caption>
 * <tr><td>bytes of the stream</td><td>256 MiB</td></tr>
 * <tr><td>parameter sets</td><td>the number of ids in their standard</td></tr>
 * <tr><td>sides of a JPEG picture</td><td>2040 pixels (RFC 2435)</td></tr>
 * </table>
 */
public final class Clip {
  /** The largest size of a stream, in bytes. */
  public static final int MAX_BYTES = 256 << 20;

  private final Format format;
  private final List<Picture> pictures;
  private final boolean ordered;
  private final int delay;

  private Clip(Format format, List<Picture> pictures, boolean ordered) {
    this.format = format;
    this.pictures = List.copyOf(pictures);
    this.ordered = ordered;
    this.delay = pictures.stream().mapToInt(Picture::reorder).max().orElse(0);
  }

  /** The encoding of pictures. */
  public enum Format {
    H264,
    H265,
    MJPEG
  }

  /**
   * A coded picture.
   *
   * @param parts the NAL units without start codes, with all parameter sets first in a key picture;
   *     or one JPEG picture
   * @param key whether decoding can start at this picture
   * @param reorder the presentation time relative to the place in the stored order, in frame
   *     intervals
   */
  record Picture(List<byte[]> parts, boolean key, int reorder) {}

  /**
   * Reads a clip from a file.
   *
   * @throws IllegalArgumentException when the file is not a stream that starts with a key picture,
   *     cannot be sent as RTP, or is beyond a limit; the message names the file
   * @throws UncheckedIOException when the file cannot be read
   */
  public static Clip load(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return load(in);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read: " + e, e);
    }
  }

  /**
   * Reads a clip from a stream up to its end; see {@link #load(Path)}. The caller closes the
   * stream.
   */
  public static Clip load(InputStream in) {
    try {
      byte[] stream = in.readNBytes(MAX_BYTES + 1);
      if (stream.length > MAX_BYTES) {
        throw new IllegalArgumentException("the clip is larger than " + MAX_BYTES + " bytes");
      }
      return of(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Divides a stream into pictures; see {@link #load(Path)} for the exceptions. */
  public static Clip of(byte[] stream) {
    if (Jpeg.starts(stream)) {
      List<byte[]> pictures = Jpeg.cut(stream);
      pictures.forEach(Jpeg::parse);
      return new Clip(
          Format.MJPEG,
          pictures.stream().map(jpeg -> new Picture(List.of(jpeg), true, 0)).toList(),
          true);
    }
    List<byte[]> nals = AnnexB.nalUnits(stream);
    Format format = !nals.isEmpty() && isH265(nals.get(0)) ? Format.H265 : Format.H264;
    NalGrammar grammar = format == Format.H265 ? new H265Grammar() : new H264Grammar();
    NalCutter.Result result = NalCutter.cut(nals, grammar);
    if (result.pictures().isEmpty() || !result.pictures().get(0).key()) {
      throw new IllegalArgumentException(
          "neither JPEG pictures nor an H.264 or H.265 elementary stream (Annex B) that starts with"
              + " a key picture");
    }
    return new Clip(format, result.pictures(), result.ordered());
  }

  /**
   * Returns whether a NAL unit is a parameter set, delimiter or SEI message of H.265's base layer.
   */
  private static boolean isH265(byte[] first) {
    int type = H265Grammar.type(first);
    return first.length > 1 && (first[0] & 0x81) == 0 && first[1] == 1 && type >= 32 && type <= 39;
  }

  /** Returns the encoding of the pictures. */
  public Format format() {
    return format;
  }

  /** Returns the number of pictures in one round of the loop. */
  public int length() {
    return pictures.size();
  }

  /** Returns whether the presentation times are known; see this class's description. */
  public boolean ordered() {
    return ordered;
  }

  /** Returns the picture at an index of the endless loop. */
  Picture picture(long index) {
    return pictures.get((int) (index % pictures.size()));
  }

  /**
   * Returns how much later pictures are sent than they were taken, in frame intervals. Reordering
   * requires this delay.
   */
  int delay() {
    return delay;
  }
}
