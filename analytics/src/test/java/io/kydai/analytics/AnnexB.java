package io.kydai.analytics;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Splits an H.264 byte stream (ITU-T H.264, annex B) into access units. */
public final class AnnexB {
  private final CameraId camera;
  private final int width;
  private final int height;
  private final int ticksPerFrame;
  private final Map<Integer, byte[]> sequenceSets = new TreeMap<>();
  private final Map<Integer, byte[]> pictureSets = new TreeMap<>();
  private final List<AccessUnit> units = new ArrayList<>();
  private ByteArrayOutputStream current = new ByteArrayOutputStream();
  private boolean hasPicture;
  private boolean key;

  private AnnexB(CameraId camera, int width, int height, int ticksPerFrame) {
    this.camera = camera;
    this.width = width;
    this.height = height;
    this.ticksPerFrame = ticksPerFrame;
  }

  public static List<AccessUnit> split(
      byte[] stream, CameraId camera, int width, int height, int ticksPerFrame) {
    AnnexB splitter = new AnnexB(camera, width, height, ticksPerFrame);
    int start = -1;
    for (int i = 0; i + 2 < stream.length; i++) {
      if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
        if (start >= 0) {
          splitter.nal(trimmed(stream, start, i));
        }
        start = i + 3;
      }
    }
    splitter.nal(trimmed(stream, start, stream.length));
    splitter.finish();
    return splitter.units;
  }

  private static byte[] trimmed(byte[] stream, int from, int to) {
    int end = to;
    while (end > from && stream[end - 1] == 0) {
      end--;
    }
    return Arrays.copyOfRange(stream, from, end);
  }

  private void nal(byte[] nal) {
    int type = nal[0] & 0x1f;
    boolean slice = type == 1 || type == 5;
    // first_mb_in_slice is 0 where the code starts with a 1.
    if (hasPicture && (type >= 6 && type <= 9 || slice && (nal[1] & 0x80) != 0)) {
      finish();
    }
    if (type == 7) {
      sequenceSets.put(firstNumber(nal, 4), nal);
    } else if (type == 8) {
      pictureSets.put(firstNumber(nal, 1), nal);
    } else if (type != 9) {
      current.writeBytes(ByteBuffer.allocate(4).putInt(nal.length).array());
      current.writeBytes(nal);
      hasPicture |= slice;
      key |= type == 5;
    }
  }

  /** An Exp-Golomb code (9.1) at the beginning of a byte. */
  private static int firstNumber(byte[] nal, int at) {
    int bits = ByteBuffer.wrap(Arrays.copyOfRange(nal, at, at + 4)).getInt();
    int zeros = Integer.numberOfLeadingZeros(bits);
    return (bits >>> (31 - 2 * zeros)) - 1;
  }

  private void finish() {
    if (!hasPicture) {
      return;
    }
    CodecParameters now =
        new CodecParameters(
            Codec.H264,
            width,
            height,
            List.copyOf(sequenceSets.values()),
            List.copyOf(pictureSets.values()));
    long mediaTime = (long) units.size() * ticksPerFrame;
    units.add(
        new AccessUnit(
            camera,
            now,
            units.size(),
            mediaTime,
            mediaTime,
            Instant.ofEpochMilli(1_000_000 + mediaTime / 90),
            WallClockSource.ARRIVAL,
            key,
            units.isEmpty(),
            false,
            ByteBuffer.wrap(current.toByteArray())));
    current = new ByteArrayOutputStream();
    hasPicture = false;
    key = false;
  }
}
