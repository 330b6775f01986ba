package io.kydai.ingest.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Parts streams into NAL units, so that what was received can be compared with a file. */
public final class NalUnitsOfFile {
  private NalUnitsOfFile() {}

  /** Slices (types 1 to 5) of an Annex B stream, in hexadecimal. */
  public static List<String> slices(byte[] annexB) {
    List<String> slices = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= annexB.length; i++) {
      boolean end = i == annexB.length;
      boolean code =
          !end
              && i + 2 < annexB.length
              && annexB[i] == 0
              && annexB[i + 1] == 0
              && annexB[i + 2] == 1;
      if (start >= 0 && (end || code)) {
        int stop = i;
        while (annexB[stop - 1] == 0) {
          stop--;
        }
        addSlice(slices, Arrays.copyOfRange(annexB, start, stop));
        start = -1;
      }
      if (code) {
        start = i + 3;
        i += 2;
      }
    }
    return slices;
  }

  /** Slices of an access unit. */
  public static List<String> slices(AccessUnit unit) {
    List<String> slices = new ArrayList<>();
    for (byte[] nal : nals(unit)) {
      addSlice(slices, nal);
    }
    return slices;
  }

  public static List<byte[]> nals(AccessUnit unit) {
    List<byte[]> nals = new ArrayList<>();
    ByteBuffer data = unit.data();
    while (data.hasRemaining()) {
      byte[] nal = new byte[data.getInt()];
      data.get(nal);
      nals.add(nal);
    }
    return nals;
  }

  private static void addSlice(List<String> slices, byte[] nal) {
    int type = nal[0] & 0x1f;
    if (type >= 1 && type <= 5) {
      slices.add(HexFormat.of().formatHex(nal));
    }
  }
}
