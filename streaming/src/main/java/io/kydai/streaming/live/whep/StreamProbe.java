package io.kydai.streaming.live.whep;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.media.CodecParameters;
import io.kydai.streaming.live.event.Fragment;
import io.kydai.streaming.live.event.LiveEvent;
import io.kydai.streaming.live.event.LiveEvent.Initialisation;
import io.kydai.streaming.live.event.LiveSubscriber;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Learns of a live stream what an answer depends on, by its newest key frame. */
final class StreamProbe implements LiveSubscriber {
  /**
   * @param reordered whether pictures are shown in another order than they are sent
   */
  record Stream(CodecParameters parameters, boolean reordered) {
    Stream {
      requireNonNull(parameters);
    }
  }

  private final CompletableFuture<Stream> found = new CompletableFuture<>();
  private @Nullable CodecParameters parameters;

  /** Completes on the camera's thread; never where the camera sends no picture. */
  CompletableFuture<Stream> found() {
    return found;
  }

  @Override
  public boolean ready() {
    return !found.isDone();
  }

  @Override
  public void onEvent(LiveEvent event) {
    if (event instanceof Initialisation initialisation) {
      parameters = initialisation.parameters();
    } else if (event instanceof Fragment fragment && parameters != null) {
      found.complete(new Stream(parameters, isReordered(fragment)));
    }
  }

  /** Only B-pictures make the two times differ, also those of the key frame before them. */
  static boolean isReordered(Fragment fragment) {
    return fragment.mediaTime() != fragment.time();
  }
}
