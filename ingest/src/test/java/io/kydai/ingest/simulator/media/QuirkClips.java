package io.kydai.ingest.simulator.media;

import io.kydai.ingest.simulator.HandMadeClip;
import io.kydai.ingest.simulator.JpegPictures;
import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.fault.MediaFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Streams with headers but no pictures in them, for the {@link MediaFault}s of a {@link Fault}. */
public final class QuirkClips {
  private static final int PICTURES = 12;
  private static final int LARGE = 3000;
  private static final int SMALL = 700;

  /** A message that decoding may begin here and gives whole pictures 18 later. */
  private static final byte[] RECOVERY_POINT = {0x06, 0x06, 0x02, 0x09, (byte) 0x90, (byte) 0x80};

  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

  private QuirkClips() {}

  private QuirkClips unit(byte[] nal) {
    stream.writeBytes(new byte[] {0, 0, 0, 1});
    stream.writeBytes(nal);
    return this;
  }

  private static byte[] nal(int length, int... head) {
    byte[] nal = new byte[length];
    for (int i = 0; i < length; i++) {
      nal[i] = (byte) (i < head.length ? head[i] : i % 251 + 1);
    }
    return nal;
  }

  /** Bits of a slice of H.264: first macroblock 0 or 1, its type, parameter set 0, frame number. */
  private static byte[] slice(boolean key, boolean first, int frame, int length) {
    String bits = (first ? "1" : "010") + (key ? "0001000" : "00110") + "1";
    bits += key ? "00001" : Integer.toBinaryString(16 | frame & 15).substring(1);
    bits += "1".repeat(24 - bits.length());
    int all = Integer.parseInt(bits, 2);
    return nal(length, key ? 0x65 : 0x41, all >> 16, all >> 8, all);
  }

  /** A key picture and eleven others, each of two slices. */
  public static Clip h264OfSlices() {
    QuirkClips clip = new QuirkClips().unit(HandMadeClip.SPS).unit(HandMadeClip.PPS);
    for (int i = 0; i < PICTURES; i++) {
      clip.unit(slice(i == 0, true, i, large(i))).unit(slice(i == 0, false, i, SMALL));
    }
    return Clip.of(clip.stream.toByteArray());
  }

  private static int large(int picture) {
    return LARGE + 10 * (picture % PICTURES);
  }

  /** The sizes that the first pictures of {@link #h264OfSlices} have with their lengths. */
  public static List<Integer> sizes(int count) {
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sizes.add(4 + large(i) + 4 + SMALL);
    }
    return sizes;
  }

  /** A key picture and eleven others, of which each fourth says that decoding may begin at it. */
  public static Clip h264WithRecoveryPoints() {
    QuirkClips clip = new QuirkClips().unit(HandMadeClip.SPS).unit(HandMadeClip.PPS);
    for (int i = 0; i < PICTURES; i++) {
      if (i % 4 == 2) {
        clip.unit(RECOVERY_POINT);
      }
      clip.unit(slice(i == 0, true, i, SMALL));
    }
    return Clip.of(clip.stream.toByteArray());
  }

  /** Likewise of H.265: IDR, or trailing pictures of P slices. */
  public static Clip h265() {
    QuirkClips clip = new QuirkClips();
    for (String set :
        List.of(
            "QAEMAf//AWAAAAMAAAMAAAMAAAMAlqwJ",
            "QgEBAWAAAAMAAAMAAAMAAAMAlqAB4CACHH+KrTuiS7I=",
            "RAHAcvCJBAcONkg=")) {
      clip.unit(Base64.getDecoder().decode(set));
    }
    for (int i = 0; i < PICTURES; i++) {
      clip.unit(i == 0 ? nal(LARGE, 0x28, 1, 0b1010_1111) : nal(large(i), 2, 1, 0b1101_0111));
      clip.unit(i == 0 ? nal(SMALL, 0x28, 1, 0b0011_0111) : nal(SMALL, 2, 1, 0b0101_0111));
    }
    return Clip.of(clip.stream.toByteArray());
  }

  /** JPEG pictures with restart markers. */
  public static Clip jpeg() throws IOException {
    return Clip.of(JpegPictures.withRestartMarkers(4));
  }
}
