package io.kydai.streaming.rendition;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.SampleVideo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Pictures of one camera's two streams, whose media times began at different moments. */
final class TwoStreams {
  static final CameraId CAMERA = SampleVideo.CAMERA;
  private static final Instant EPOCH = Instant.parse("2026-11-29T00:00:00Z");
  private final Duration secondBegan;
  private long sequence;
  private long secondSequence;

  TwoStreams(Duration secondBegan) {
    this.secondBegan = secondBegan;
  }

  /** A picture of the analysed stream, whose media time is 0 at the beginning. */
  AccessUnit analysed(Duration taken, Duration wallClock, WallClockSource source) {
    return unit(320, sequence++, taken, wallClock, source);
  }

  /** A picture of the second stream. */
  AccessUnit second(Duration taken, Duration wallClock, WallClockSource source) {
    return unit(1280, secondSequence++, taken.minus(secondBegan), wallClock, source);
  }

  private static AccessUnit unit(
      int width, long sequence, Duration media, Duration wallClock, WallClockSource source) {
    long ticks = MediaTime.ticks(media);
    return new AccessUnit(
        CAMERA,
        parameters(width),
        sequence,
        ticks,
        ticks,
        EPOCH.plus(wallClock),
        source,
        sequence % 25 == 0,
        sequence == 0,
        false,
        ByteBuffer.allocate(100));
  }

  private static CodecParameters parameters(int width) {
    byte[] sps = {0x67, 0x42, (byte) 0xc0, 0x1e, (byte) (width / 8)};
    return new CodecParameters(Codec.H264, width, 180, List.of(sps), List.of(new byte[] {0x68, 1}));
  }
}
