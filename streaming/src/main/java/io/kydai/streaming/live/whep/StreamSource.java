package io.kydai.streaming.live.whep;

import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.streaming.live.event.LiveSubscriber;
import java.util.Optional;

/**
 * A camera's live stream, of which a session takes the newest group of pictures whenever it asks.
 */
@FunctionalInterface
public interface StreamSource {
  /** Sends the stream; empty where there is none, or it has too many viewers. Must not wait. */
  Optional<Subscription> watch(LiveSubscriber subscriber);
}
