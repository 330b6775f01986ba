package io.kydai.ingest.simulator.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Encoded pictures to play in an endless loop: an elementary stream of H.264 or H.265 (ITU-T H.264
 * and H.265, Annex B), or JPEG pictures one after the other. Which of them it is, its first bytes
 * say. Immutable, and shared by any number of cameras.
 *
 * <p>Pictures are sent in the order in which they are stored, one step apart. With B-pictures, the
 * times that they are shown at follow from the stream's picture order count; where it has none that
 * can be read, {@link #ordered} is false, and times follow the stored order. {@code ffmpeg -i FILM
 * -an -c:v libx264 -g 50 CLIP.h264}, {@code -c:v libx265 -x265-params open-gop=0 CLIP.h265} and
 * {@code -c:v mjpeg -huffman default -pix_fmt yuvj420p -f mjpeg CLIP.mjpeg} make such files.
 *
 * <table>
 * <caption>Bounds; beyond them the clip is refused</caption>
 * <tr><td>bytes</td><td>256 MiB</td></tr>
 * <tr><td>parameter sets</td><td>as many as their standard has ids</td></tr>
 * <tr><td>sides of a JPEG picture</td><td>2040 pixels (RFC 2435)</td></tr>
 * </table>
 */
public final class Clip {
  /** A larger stream is refused. */
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

  /** How pictures are encoded. */
  public enum Format {
    H264,
    H265,
    MJPEG
  }

  /**
   * One coded picture.
   *
   * @param parts NAL units without start codes, a key picture's with all its parameter sets before
   *     them; or one JPEG picture
   * @param key whether decoding can start here
   * @param reorder how many steps later (earlier, below 0) it is shown than its place says
   */
  record Picture(List<byte[]> parts, boolean key, int reorder) {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException when it is no stream that starts with a key picture, cannot be
   *     sent as RTP, or goes beyond a bound; the message names the file
   * @throws UncheckedIOException when it cannot be read
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

  /** Reads a stream to its end, as {@link #load(Path)} does a file; the caller closes it. */
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

  /** Cuts a stream into pictures; see {@link #load(Path)} for what is refused. */
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

  /** A video, sequence or picture parameter set, delimiter or message, of the base layer. */
  private static boolean isH265(byte[] first) {
    int type = H265Grammar.type(first);
    return first.length > 1 && (first[0] & 0x81) == 0 && first[1] == 1 && type >= 32 && type <= 39;
  }

  public Format format() {
    return format;
  }

  /** How many pictures one round of the loop has. */
  public int length() {
    return pictures.size();
  }

  /** Whether the times that pictures are shown at are known; see this class's description. */
  public boolean ordered() {
    return ordered;
  }

  /** The picture at a place of the endless loop. */
  Picture picture(long index) {
    return pictures.get((int) (index % pictures.size()));
  }

  /** By how many steps pictures are sent later than they were taken, for others to go first. */
  int delay() {
    return delay;
  }
}
