package io.kydai.ingest.camera;

import io.kydai.ingest.clock.PictureTimes;
import io.kydai.ingest.media.KeyFrameRequest;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.rtp.MarkerBits;
import io.kydai.ingest.rtp.MediaException;
import io.kydai.ingest.rtp.PacketCounter;
import io.kydai.ingest.rtsp.MediaTrack;
import io.kydai.ingest.source.CameraId;
import io.netty.util.concurrent.EventExecutor;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens what a connection's tracks go through, with what belongs to the camera over all its
 * connections: its clocks, what its marker bits mean, its meters, and how else a key frame is asked
 * for. On the camera's event loop.
 */
final class CameraTracks {
  private final CameraId camera;
  private final Clock clock;
  private final EventExecutor loop;
  private final PacketCounter meter;
  private final @Nullable KeyFrameRequest keyFrames;
  private final PictureTimes times;
  private final MarkerBits markers = new MarkerBits();
  private final long added;

  CameraTracks(
      CameraId camera,
      Clock clock,
      EventExecutor loop,
      PacketCounter meter,
      @Nullable KeyFrameRequest keyFrames) {
    this.camera = camera;
    this.clock = clock;
    this.loop = loop;
    this.meter = meter;
    this.keyFrames = keyFrames;
    times = new PictureTimes(clock, this::now);
    added = now();
  }

  /**
   * @throws MediaException when the track's pictures cannot be put together
   */
  VideoStreamAssembly video(MediaTrack track, VideoStreamAssembly.Output output)
      throws MediaException {
    VideoStreamAssembly stream =
        new VideoStreamAssembly(camera, track, times, markers, clock, loop, meter, output);
    if (keyFrames != null) {
      stream.requestKeyFramesBy(keyFrames);
    }
    return stream;
  }

  /** The sound and the metadata among a session's tracks. */
  AuxiliaryTracks beside(List<MediaTrack> tracks, AuxiliaryTracks.Output output) {
    return new AuxiliaryTracks(camera, tracks, clock, this::mediaTime, output);
  }

  /** Since the camera was added, in 1/90000 s. */
  private long mediaTime() {
    return MediaTime.ticksOfNanos(now() - added);
  }

  private long now() {
    return loop.ticker().nanoTime();
  }
}
