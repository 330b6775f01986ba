package io.kydai.streaming.live.rtsp;

import io.kydai.ingest.media.CodecParameters;
import io.kydai.streaming.live.event.LiveEvent;
import io.kydai.streaming.live.event.LiveSubscriber;
import java.util.concurrent.CompletableFuture;

/** Waits for a stream's codec parameters; fails where the camera is gone. */
final class Looking implements LiveSubscriber {
  private final CompletableFuture<CodecParameters> found = new CompletableFuture<>();

  CompletableFuture<CodecParameters> found() {
    return found;
  }

  @Override
  public boolean ready() {
    return !found.isDone();
  }

  @Override
  public void onEvent(LiveEvent event) {
    if (event instanceof LiveEvent.Initialisation initialisation) {
      found.complete(initialisation.parameters());
    } else if (event instanceof LiveEvent.End) {
      found.cancel(false);
    }
  }
}
