package io.kydai.streaming.conformance;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.media.ReceivedUnits;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.rtp.nal.NalPackets;
import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.SampleVideo;
import io.netty.buffer.ByteBuf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A byte stream of H.264 or H.265 (annex B) as the access units that a camera's connection makes of
 * it, over RTP: 25 pictures a second, each with the time at which ffmpeg shows it. ffprobe says
 * where a picture begins, and in which order they are shown.
 *
 * @param file of the stream
 * @param units in decoding order
 */
record ByteStream(Path file, List<AccessUnit> units) {
  private static final long TICKS = 3600;

  /**
   * @param first the decode time of the first picture, 1/90000 s
   * @param sequence of the first picture
   */
  static ByteStream read(Path file, boolean h265, long first, long sequence) throws Exception {
    byte[] stream = Files.readAllBytes(file);
    List<Long> begins = packets(file);
    ReceivedUnits received = new ReceivedUnits(h265 ? "H265" : "H264", Map.of());
    NalPackets packets = new NalPackets(h265, NalPackets.Mode.FRAGMENTED);
    for (int i = 0; i < begins.size(); i++) {
      int end = i + 1 < begins.size() ? begins.get(i + 1).intValue() : stream.length;
      byte[] unit = Arrays.copyOfRange(stream, begins.get(i).intValue(), end);
      for (ByteBuf packet : packets.of(nals(unit), TICKS * i)) {
        received.rtp(packet);
        packet.release();
      }
    }
    if (received.units().size() != begins.size()) {
      throw new AssertionError(received.units().size() + " of " + begins.size() + " came over RTP");
    }
    long[] shown = shownAt(begins, FfmpegTools.positions(file));
    List<AccessUnit> units = new ArrayList<>();
    for (int i = 0; i < shown.length; i++) {
      AccessUnit unit = received.units().get(i);
      long mediaTime = first + shown[i];
      units.add(
          new AccessUnit(
              SampleVideo.CAMERA,
              unit.parameters(),
              sequence + i,
              mediaTime,
              first + TICKS * i,
              SampleVideo.START.plusNanos(MediaTime.nanos(mediaTime)),
              WallClockSource.ARRIVAL,
              unit.keyFrame(),
              sequence + i == 0,
              false,
              unit.data()));
    }
    return new ByteStream(file, units);
  }

  /** The decode time at which a stream behind this one begins. */
  long end() {
    return units.get(units.size() - 1).decodeTime() + TICKS;
  }

  private static List<Long> packets(Path file) throws Exception {
    List<Long> begins = new ArrayList<>(FfmpegTools.packetPositions(file));
    Collections.sort(begins);
    return begins;
  }

  /**
   * When each picture is shown, so that none is shown before it is decoded. What ffmpeg does not
   * show alone, such as the second field of a picture, is shown when it is decoded.
   */
  private static long[] shownAt(List<Long> begins, List<Long> order) {
    Map<Long, Integer> places = new HashMap<>();
    order.forEach(position -> places.putIfAbsent(position, places.size()));
    long[] shown = new long[begins.size()];
    List<Long> decoded = new ArrayList<>();
    for (int i = 0; i < shown.length; i++) {
      if (places.containsKey(begins.get(i))) {
        decoded.add(TICKS * i);
      }
    }
    long delay = 0;
    for (int i = 0; i < shown.length; i++) {
      Integer place = places.get(begins.get(i));
      shown[i] = place == null ? TICKS * i : decoded.get(place);
      delay = Math.max(delay, TICKS * i - shown[i]);
    }
    for (int i = 0; i < shown.length; i++) {
      shown[i] += delay;
    }
    return shown;
  }

  private static List<byte[]> nals(byte[] stream) {
    List<byte[]> nals = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= stream.length; i++) {
      boolean isEnd = i == stream.length;
      boolean isCode =
          i + 2 < stream.length && stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1;
      if (start >= 0 && (isEnd || isCode)) {
        int stop = i;
        while (stop > start && stream[stop - 1] == 0) {
          stop--;
        }
        if (stop > start) {
          nals.add(Arrays.copyOfRange(stream, start, stop));
        }
        start = -1;
      }
      if (isCode) {
        start = i + 3;
        i += 2;
      }
    }
    return nals;
  }
}
