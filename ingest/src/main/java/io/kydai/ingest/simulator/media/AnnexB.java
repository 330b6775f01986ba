package io.kydai.ingest.simulator.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the byte stream format of ITU-T H.264 and H.265, Annex B. */
final class AnnexB {
  private AnnexB() {}

  /** Returns the NAL units of a stream, without start codes and trailing zero bytes. */
  static List<byte[]> nalUnits(byte[] stream) {
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
}
