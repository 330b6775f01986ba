package io.kydai.streaming.live;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.media.CodecParameters;
import io.kydai.streaming.LiveViewer;
import java.nio.ByteBuffer;

/**
 * One viewer's place in a live stream. It holds no pictures: a viewer that is not ready stays where
 * it is in the group of pictures, catches up when it is ready again, and loses what it has not got
 * when the next group begins.
 */
final class ViewerCursor {
  private final LiveViewer viewer;
  private int place;
  private boolean gap;
  private CodecParameters initialised;
  private volatile boolean closed;

  ViewerCursor(LiveViewer viewer) {
    this.viewer = requireNonNull(viewer);
  }

  void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
  }

  /**
   * Goes to the start of the group that is about to begin.
   *
   * @param end of the group that ends
   * @return how many fragments it lost
   */
  int turn(int end) {
    int lost = initialised == null ? 0 : end - place;
    gap |= lost > 0;
    place = 0;
    return lost;
  }

  /** The camera's own timeline has a hole before the next group. */
  void expectGap() {
    gap = initialised != null;
  }

  /** Sends what it lacks, as long as it is ready. */
  void catchUp(GroupOfPictures group, LiveStream.Initialisation initialisation) {
    while (!closed && group.has(place) && viewer.ready()) {
      Fragment next = group.at(place);
      if (place == 0) {
        start(next, initialisation);
      }
      viewer.onMedia(next.segment());
      place++;
    }
  }

  private void start(Fragment keyFrame, LiveStream.Initialisation initialisation) {
    if (gap) {
      viewer.onText(LiveMessages.gap(keyFrame.unit().mediaTime()));
      gap = false;
    }
    if (!initialisation.parameters().equals(initialised)) {
      initialised = initialisation.parameters();
      viewer.onText(initialisation.text());
      ByteBuffer segment = initialisation.segment().duplicate();
      viewer.onMedia(segment);
    }
  }

  void observe(String text) {
    if (!closed && initialised != null && viewer.ready()) {
      viewer.onText(text);
    }
  }

  void end() {
    if (!closed) {
      closed = true;
      viewer.onText(LiveMessages.end());
    }
  }
}
