package io.kydai.streaming.recording;

import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.AudioParameters;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.mp4.SoundTrack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sound of a camera that waits for the pictures beside which it is recorded. Called on the
 * camera's executor.
 *
 * <p>At most {@value #MOST_FRAMES} frames and {@value #MOST_BYTES} bytes wait; what comes beyond
 * them is left out, and the pictures know nothing of it. Sound is never a reason for a gap, and a
 * kind that is not recorded is said once.
 */
final class HeardSound {
  static final int MOST_FRAMES = 1024;
  static final int MOST_BYTES = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(HeardSound.class);

  private final CameraId camera;
  private final List<AudioFrame> frames = new ArrayList<>();
  private int bytes;
  private @Nullable AudioParameters parameters;
  private @Nullable SoundTrack track;
  private boolean overflowed;

  HeardSound(CameraId camera) {
    this.camera = camera;
  }

  /**
   * Takes the next frame.
   *
   * @param recorded whether pictures are recorded now, beside which it will be
   */
  void add(AudioFrame frame, boolean recorded) {
    AudioParameters known = parameters;
    if (known == null || !known.equals(frame.parameters())) {
      follow(frame.parameters());
    }
    if (track == null || !recorded) {
      return;
    }
    int size = frame.data().remaining();
    if (frames.size() == MOST_FRAMES || bytes + size > MOST_BYTES) {
      if (!overflowed) {
        LOG.warn("camera {}: more sound than can be recorded is left out", camera);
      }
      overflowed = true;
      return;
    }
    frames.add(frame);
    bytes += size;
  }

  private void follow(AudioParameters next) {
    parameters = next;
    Optional<SoundTrack> found = SoundTrack.of(next);
    track = found.orElse(null);
    if (found.isEmpty()) {
      LOG.warn("camera {}: sound of the kind {} is not recorded", camera, next);
    }
  }

  /** The track of a file that begins now; null where nothing is heard that can be recorded. */
  @Nullable SoundTrack track() {
    return track;
  }

  /**
   * Takes out what is heard before a media time.
   *
   * @param end 1/90000 s
   */
  List<AudioFrame> before(long end) {
    int count = 0;
    while (count < frames.size() && frames.get(count).mediaTime() < end) {
      bytes -= frames.get(count).data().remaining();
      count++;
    }
    List<AudioFrame> head = frames.subList(0, count);
    List<AudioFrame> taken = List.copyOf(head);
    head.clear();
    overflowed &= taken.isEmpty();
    return taken;
  }

  /** Forgets what waits. */
  void clear() {
    frames.clear();
    bytes = 0;
  }

  /** Forgets the camera's sound, so that files that begin from now on have none. */
  void end() {
    clear();
    parameters = null;
    track = null;
  }
}
