package io.kydai.streaming;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A test pattern encoded by ffmpeg at 25 pictures a second, a key frame each second, and the same
 * as access units.
 *
 * @param file the MP4 that ffmpeg wrote
 * @param units in decoding order
 */
public record SampleVideo(Path file, List<AccessUnit> units) {
  public static final CameraId CAMERA = new CameraId("gate-1");
  public static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
  private static final int WIDTH = 320;
  private static final int HEIGHT = 180;

  public static SampleVideo encode(Path folder, int seconds, int bPictures) throws Exception {
    return encode(folder, seconds, bPictures, WIDTH, HEIGHT);
  }

  public static SampleVideo encode(Path folder, int seconds, int bPictures, int width, int height)
      throws Exception {
    FfmpegTools.assumeInstalled();
    Path file = folder.resolve("sample-" + width + "-" + seconds + "-" + bPictures + ".mp4");
    FfmpegTools.run(
        folder,
        ("ffmpeg -v error -y -f lavfi -i testsrc2=size="
                + width
                + "x"
                + height
                + ":rate=25:duration="
                + seconds
                + " -c:v libx264 -preset veryfast -pix_fmt yuv420p -g 25 -keyint_min 25"
                + " -sc_threshold 0 -bf "
                + bPictures
                + " -video_track_timescale 90000 "
                + file)
            .split(" "));
    Path annexB = folder.resolve("sample.h264");
    FfmpegTools.run(
        folder,
        ("ffmpeg -v error -y -i "
                + file
                + " -c copy -bsf:v h264_mp4toannexb,h264_metadata=aud=insert "
                + annexB)
            .split(" "));
    return new SampleVideo(
        file,
        units(
            Files.readAllBytes(annexB),
            FfmpegTools.presentationTimes(file),
            FfmpegTools.decodeTimes(file),
            width,
            height));
  }

  /** Access units whose times count from the first one's presentation. */
  private static List<AccessUnit> units(
      byte[] annexB, List<Long> times, List<Long> decodeTimes, int width, int height) {
    List<List<byte[]>> pictures = new ArrayList<>();
    List<byte[]> sps = new ArrayList<>();
    List<byte[]> pps = new ArrayList<>();
    for (byte[] nal : nals(annexB)) {
      switch (nal[0] & 0x1f) {
        case 9 -> pictures.add(new ArrayList<>());
        case 7 -> addNew(sps, nal);
        case 8 -> addNew(pps, nal);
        default -> pictures.get(pictures.size() - 1).add(nal);
      }
    }
    CodecParameters parameters = new CodecParameters(Codec.H264, width, height, sps, pps);
    List<AccessUnit> units = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      List<byte[]> picture = pictures.get(i);
      boolean key = picture.stream().anyMatch(nal -> (nal[0] & 0x1f) == 5);
      long mediaTime = times.get(i) - times.get(0);
      units.add(
          new AccessUnit(
              CAMERA,
              parameters,
              i,
              mediaTime,
              decodeTimes.get(i) - times.get(0),
              START.plusMillis(mediaTime / 90),
              WallClockSource.ARRIVAL,
              key,
              i == 0,
              false,
              joined(picture)));
    }
    return units;
  }

  private static void addNew(List<byte[]> sets, byte[] nal) {
    if (sets.stream().noneMatch(known -> Arrays.equals(known, nal))) {
      sets.add(nal);
    }
  }

  private static ByteBuffer joined(List<byte[]> nals) {
    ByteBuffer data = ByteBuffer.allocate(nals.stream().mapToInt(nal -> nal.length + 4).sum());
    nals.forEach(nal -> data.putInt(nal.length).put(nal));
    return data.flip();
  }

  /** NAL units of a byte stream (H.264, annex B). */
  private static List<byte[]> nals(byte[] stream) {
    List<byte[]> nals = new ArrayList<>();
    int start = -1;
    for (int i = 0; i + 2 < stream.length; i++) {
      if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
        if (start >= 0) {
          nals.add(trimmed(stream, start, i));
        }
        start = i + 3;
        i += 2;
      }
    }
    nals.add(trimmed(stream, start, stream.length));
    return nals;
  }

  private static byte[] trimmed(byte[] stream, int from, int to) {
    int end = to;
    while (stream[end - 1] == 0) {
      end--;
    }
    return Arrays.copyOfRange(stream, from, end);
  }

  /** A copy at another place in the camera's life. */
  public static AccessUnit moved(
      AccessUnit unit, long sequence, long mediaTime, boolean discontinuity) {
    return new AccessUnit(
        unit.camera(),
        unit.parameters(),
        sequence,
        mediaTime,
        unit.decodeTime() + mediaTime - unit.mediaTime(),
        START.plusMillis(mediaTime / 90),
        WallClockSource.ARRIVAL,
        unit.keyFrame(),
        discontinuity,
        false,
        unit.data());
  }

  /** A copy of which something is missing. */
  public static AccessUnit damaged(AccessUnit unit) {
    return new AccessUnit(
        unit.camera(),
        unit.parameters(),
        unit.sequence(),
        unit.mediaTime(),
        unit.decodeTime(),
        unit.wallClock(),
        unit.wallClockSource(),
        unit.keyFrame(),
        unit.discontinuity(),
        true,
        unit.data());
  }

  public Stream<AccessUnit> keyFrames() {
    return units.stream().filter(AccessUnit::keyFrame);
  }
}
