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
 * any number of cameras. Pictures are played in the order in which they are stored, so that it must
 * have no B-pictures.
 */
public final class Clip {
  /** A larger stream is refused. */
  public static final int MAX_BYTES = 256 << 20;

  private static final int IDR = 5;
  private static final int SPS = 7;
  private static final int PPS = 8;
  private static final int DELIMITER = 9;
  private static final int FILLER = 12;

  private final List<Picture> pictures;
  private final byte[] sps;
  private final byte[] pps;

  private Clip(List<Picture> pictures, byte[] sps, byte[] pps) {
    this.pictures = List.copyOf(pictures);
    this.sps = sps;
    this.pps = pps;
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
   *     picture, or too large
   */
  public static Clip load(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IllegalArgumentException(file + " is larger than " + MAX_BYTES + " bytes");
      }
      return of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
    byte[] sps = null;
    byte[] pps = null;
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
      if (type == SPS) {
        sps = nal;
      } else if (type == PPS) {
        pps = nal;
      } else if (type != DELIMITER && type != FILLER) {
        nals.add(nal);
        coded |= slice;
      }
    }
    if (coded) {
      pictures.add(picture(nals, sps, pps));
    }
    if (sps == null || pps == null || pictures.isEmpty() || !pictures.get(0).key()) {
      throw new IllegalArgumentException(
          "not an H.264 elementary stream (Annex B) that starts with a key picture");
    }
    List<byte[]> first = pictures.get(0).nals();
    return new Clip(pictures, first.get(0), first.get(1));
  }

  private static Picture picture(List<byte[]> nals, byte[] sps, byte[] pps) {
    boolean key = nals.stream().anyMatch(nal -> (nal[0] & 0x1f) == IDR);
    if (key && sps != null && pps != null) {
      nals.add(0, sps);
      nals.add(1, pps);
    }
    return new Picture(List.copyOf(nals), key && sps != null && pps != null);
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

  byte[] pps() {
    return pps;
  }
}
