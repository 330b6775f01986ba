package io.kydai.ingest.camera;

import io.kydai.ingest.clock.PictureTimes;
import io.kydai.ingest.media.KeyFrameRequest;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.rtp.PacketCounter;
import io.kydai.ingest.rtp.nal.MarkerBits;
import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtsp.description.MediaTrack;
import io.kydai.ingest.source.CameraId;
import io.netty.util.concurrent.EventExecutor;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates the receivers of a connection's tracks from what belongs to the camera over all its
 * connections: its clocks, what is known about its marker bits, its metrics, and other means to
 * request a key frame. Used on the camera's event loop.
 */
final class CameraTracks {
  private final CameraId camera;
  private final Clock clock;
  private final EventExecutor loop;
  private final PacketCounter counter;
  private final @Nullable KeyFrameRequest keyFrames;
  private final PictureTimes times;
  private final MarkerBits markers = new MarkerBits();
  private final long addedAt;

  CameraTracks(
      CameraId camera,
      Clock clock,
      EventExecutor loop,
      PacketCounter counter,
      @Nullable KeyFrameRequest keyFrames) {
    this.camera = camera;
    this.clock = clock;
    this.loop = loop;
    this.counter = counter;
    this.keyFrames = keyFrames;
    times = new PictureTimes(clock, this::now);
    addedAt = now();
  }

  /**
   * Returns the receiver of a video track.
   *
   * @throws MediaException when the track's encoding is not supported
   */
  VideoStreamAssembly video(MediaTrack track, VideoStreamAssembly.Output output)
      throws MediaException {
    VideoStreamAssembly stream =
        new VideoStreamAssembly(camera, track, times, markers, clock, loop, counter, output);
    if (keyFrames != null) {
      stream.requestKeyFramesBy(keyFrames);
    }
    return stream;
  }

  /** Returns the receivers of the audio and metadata among a session's tracks. */
  AuxiliaryTracks auxiliary(
      List<MediaTrack> tracks, TrackAlignment alignment, AuxiliaryTracks.Output output) {
    return new AuxiliaryTracks(camera, tracks, clock, this::mediaTime, alignment, output);
  }

  /** Returns the time since the camera was added, in 1/90000 s. */
  private long mediaTime() {
    return MediaTime.ticksOfNanos(now() - addedAt);
  }

  private long now() {
    return loop.ticker().nanoTime();
  }
}
