package io.kydai.ingest;

import io.kydai.ingest.rtp.KeyFrameRequest;
import io.kydai.ingest.rtp.MarkerBits;
import io.kydai.ingest.rtp.MediaException;
import io.kydai.ingest.rtp.PacketMeter;
import io.kydai.ingest.rtp.PictureTimes;
import io.kydai.ingest.rtsp.MediaTrack;
import io.netty.util.concurrent.EventExecutor;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Opens what a connection's tracks go through, with what belongs to the camera over all its
 * connections: its clocks, what its marker bits mean, its meters, and how else a key frame is asked
 * for. On the camera's event loop.
 */
final class CameraTracks {
  private final CameraId camera;
  private final Clock clock;
  private final EventExecutor loop;
  private final PacketMeter meter;
  private final Optional<KeyFrameRequest> keyFrames;
  private final PictureTimes times;
  private final MarkerBits markers = new MarkerBits();
  private final long added;

  CameraTracks(
      CameraId camera,
      Clock clock,
      EventExecutor loop,
      PacketMeter meter,
      Optional<KeyFrameRequest> keyFrames) {
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
  CameraStream video(MediaTrack track, CameraStream.Output output) throws MediaException {
    CameraStream stream =
        new CameraStream(camera, track, times, markers, clock, loop, meter, output);
    keyFrames.ifPresent(stream::requestKeyFramesBy);
    return stream;
  }

  /** The sound and the metadata among a session's tracks. */
  CompanionTracks beside(List<MediaTrack> tracks, CompanionTracks.Output output) {
    return new CompanionTracks(camera, tracks, clock, this::mediaTime, output);
  }

  /** Since the camera was added, in 1/90000 s. */
  private long mediaTime() {
    return (now() - added) / 1000 * 9 / 100;
  }

  private long now() {
    return loop.ticker().nanoTime();
  }
}
