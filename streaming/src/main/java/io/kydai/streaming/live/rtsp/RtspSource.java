package io.kydai.streaming.live.rtsp;

import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.streaming.live.event.LiveSubscriber;
import java.util.Optional;

/** One of a camera's streams, for one viewer. */
public interface RtspSource {
  /** Returns whether the viewer may watch it now. Must not wait. */
  boolean mayWatch();

  /**
   * Sends the stream to a subscriber that shows nothing of it, but wants to know its codec
   * parameters. May wait.
   *
   * @return closing it ends that, and must not wait; empty as of {@link #watch}
   */
  Optional<Subscription> look(LiveSubscriber subscriber);

  /**
   * Begins a viewing, which is recorded before the first picture is sent. May wait.
   *
   * @return closing it ends the viewing, and must not wait; empty when the camera is gone or has
   *     too many viewers
   */
  Optional<Subscription> watch(LiveSubscriber subscriber);
}
