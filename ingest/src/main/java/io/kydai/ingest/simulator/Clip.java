package io.kydai.ingest.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An H.264 elementary stream (ITU-T H.264, Annex B), cut into pictures. Immutable, and shared by
 * any number of cameras. Such a stream has no times: pictures are played in the order in which they
 * are stored, one step apart, so that one with B-pictures is refused. {@code ffmpeg -i FILM -an
 * -c:v libx264 -bf 0 -g 50 CLIP.h264} makes one that is not.
 *
 * <table>
 * <caption>Bounds; beyond them the clip is refused</caption>
 * <tr><td>bytes</td><td>256 MiB</td></tr>
 * <tr><td>sequence parameter sets</td><td>1, which may be repeated</td></tr>
 * <tr><td>picture parameter sets</td><td>256</td></tr>
 * </table>
 */
public final class Clip {
  /** A larger stream is refused. */
  public static final int MAX_BYTES = 256 << 20;

  private static final int MAX_PICTURE_PARAMETER_SETS = 256;
  private static final int IDR = 5;
  private static final int SPS = 7;
  private static final int PPS = 8;
  private static final int DELIMITER = 9;
  private static final int FILLER = 12;

  private final List<Picture> pictures;
  private final byte[] sps;
  private final List<byte[]> pps;

  private Clip(List<Picture> pictures, byte[] sps, List<byte[]> pps) {
    this.pictures = List.copyOf(pictures);
    this.sps = sps;
    this.pps = List.copyOf(pps);
  }

  /**
   * One coded picture.
   *
   * @param nals NAL units without start codes; a key picture's begin with its parameter sets
   * @param key whether decoding can start here
   */
  record Picture(List<byte[]> nals, boolean key) {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException when it is no H.264 elementary stream that starts with a key
   *     picture, has B-pictures, or goes beyond a bound; the message names the file
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

  /** Cuts an elementary stream into pictures; see {@link #load(Path)} for what is refused. */
  public static Clip of(byte[] stream) {
    List<Picture> pictures = new ArrayList<>();
    List<byte[]> nals = new ArrayList<>();
    List<byte[]> sps = new ArrayList<>();
    List<byte[]> pps = new ArrayList<>();
    boolean coded = false;
    for (byte[] nal : nalUnits(stream)) {
      int type = nal[0] & 0x1f;
      boolean slice = type >= 1 && type <= IDR;
      // A picture's first slice starts with macroblock 0, coded as a single 1 bit (section 7.3.3).
      boolean begins = slice ? nal.length > 1 && nal[1] < 0 : type >= 6 && type <= DELIMITER;
      if (begins && coded) {
        pictures.add(picture(nals, sps, pps));
        nals = new ArrayList<>();
        coded = false;
      }
      if (slice && begins && isBidirectional(nal)) {
        throw new IllegalArgumentException("the clip has B-pictures: encode it with -bf 0");
      }
      if (type == SPS) {
        addNew(sps, nal, 1, "sequence parameter set");
      } else if (type == PPS) {
        addNew(pps, nal, MAX_PICTURE_PARAMETER_SETS, "picture parameter set");
      } else if (type != DELIMITER && type != FILLER) {
        nals.add(nal);
        coded |= slice;
      }
    }
    if (coded) {
      pictures.add(picture(nals, sps, pps));
    }
    if (pictures.isEmpty() || !pictures.get(0).key() || sps.get(0).length < 4) {
      throw new IllegalArgumentException(
          "not an H.264 elementary stream (Annex B) that starts with a key picture");
    }
    return new Clip(pictures, sps.get(0), pps);
  }

  private static Picture picture(List<byte[]> nals, List<byte[]> sps, List<byte[]> pps) {
    boolean key =
        !sps.isEmpty() && !pps.isEmpty() && nals.stream().anyMatch(nal -> (nal[0] & 0x1f) == IDR);
    if (key) {
      nals.addAll(0, pps);
      nals.addAll(0, sps);
    }
    return new Picture(List.copyOf(nals), key);
  }

  /** Whether a slice that starts with macroblock 0 is of type B: 1 or 6 (table 7-6), as ue(v). */
  private static boolean isBidirectional(byte[] slice) {
    return (slice[1] & 0b0111_0000) == 0b0010_0000 || (slice[1] & 0b0111_1100) == 0b0001_1100;
  }

  private static void addNew(List<byte[]> sets, byte[] set, int most, String what) {
    if (sets.stream().noneMatch(known -> Arrays.equals(known, set))) {
      if (sets.size() == most) {
        throw new IllegalArgumentException("the clip has more than " + most + " " + what);
      }
      sets.add(set);
    }
  }

  /** The pieces between start codes (Annex B), without the zero bytes that may trail them. */
  private static List<byte[]> nalUnits(byte[] stream) {
    List<byte[]> nals = new ArrayList<>();
    int start = -1;
    for (int i = 0; i + 2 < stream.length; i++) {
      if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
        add(nals, stream, start, i);
        start = i + 3;
        i += 2;
      }
    }
    add(nals, stream, start, stream.length);
    return nals;
  }

  private static void add(List<byte[]> nals, byte[] stream, int start, int end) {
    if (start < 0) {
      return;
    }
    while (end > start && stream[end - 1] == 0) {
      end--;
    }
    if (end > start) {
      nals.add(Arrays.copyOfRange(stream, start, end));
    }
  }

  /** How many pictures one round of the loop has. */
  public int length() {
    return pictures.size();
  }

  /** The picture at a place of the endless loop. */
  Picture picture(long index) {
    return pictures.get((int) (index % pictures.size()));
  }

  byte[] sps() {
    return sps;
  }

  List<byte[]> pps() {
    return pps;
  }
}
