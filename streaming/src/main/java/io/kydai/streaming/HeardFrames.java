package io.kydai.streaming;

import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.source.CameraId;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sound of a camera since its newest picture, with the next of which it is handed over, so that
 * it takes no place in a queue from a picture. Belongs to the camera's event loop.
 *
 * <p>At most {@value #MOST_FRAMES} frames and {@value #MOST_BYTES} bytes, several seconds of any
 * sound; what comes beyond them without a picture is left out, which the log says once for each
 * time that it happens.
 */
final class HeardFrames {
  static final int MOST_FRAMES = 256;
  static final int MOST_BYTES = 256 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(HeardFrames.class);

  private final CameraId camera;
  private List<AudioFrame> frames = new ArrayList<>();
  private long bytes;
  private boolean overflowed;

  HeardFrames(CameraId camera) {
    this.camera = camera;
  }

  /** Returns the bytes of frames. */
  static long bytes(List<AudioFrame> frames) {
    long sum = 0;
    for (AudioFrame frame : frames) {
      sum += frame.data().remaining();
    }
    return sum;
  }

  void add(AudioFrame frame) {
    int size = frame.data().remaining();
    if (frames.size() == MOST_FRAMES || bytes + size > MOST_BYTES) {
      if (!overflowed) {
        LOG.warn("camera {}: sound comes without pictures, and is left out", camera);
      }
      overflowed = true;
      return;
    }
    frames.add(frame);
    bytes += size;
  }

  /** Takes out what there is. */
  List<AudioFrame> take() {
    overflowed = false;
    if (frames.isEmpty()) {
      return List.of();
    }
    List<AudioFrame> taken = frames;
    frames = new ArrayList<>();
    bytes = 0;
    return taken;
  }
}
