package io.kydai.ingest.onvif;

import io.kydai.ingest.media.KeyFrameRequest;
import io.kydai.ingest.source.CameraId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a camera for key frames by ONVIF, for those that do not offer it over RTCP. It never waits:
 * a request is dropped while one is under way. The camera is first spoken with at the first
 * request, and anew after a failure, which is logged and costs nothing more than the wait for the
 * next key frame. Both the main and the sub stream get one: which of them is pulled, its address
 * alone does not tell. Any thread.
 */
public final class OnvifKeyFrames implements KeyFrameRequest {
  private static final Logger LOG = LoggerFactory.getLogger(OnvifKeyFrames.class);

  private record Known(OnvifCamera camera, List<MediaProfile> profiles) {}

  private final OnvifClient client;
  private final CameraId id;
  private final DeviceAccess access;
  private final AtomicBoolean underWay = new AtomicBoolean();
  private volatile @Nullable Known known;

  public OnvifKeyFrames(OnvifClient client, CameraId id, DeviceAccess access) {
    this.client = client;
    this.id = id;
    this.access = access;
  }

  @Override
  public void send() {
    if (underWay.compareAndSet(false, true)) {
      begun()
          .thenCompose(OnvifKeyFrames::ask)
          .whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  known = null;
                }
                underWay.set(false);
                if (failure != null) {
                  tell(OnvifException.cause(failure));
                }
              });
    }
  }

  private void tell(Throwable cause) {
    boolean usual = cause instanceof OnvifException;
    LOG.warn("camera {}: no key frame by ONVIF: {}", id, cause.getMessage(), usual ? null : cause);
  }

  /** Whatever goes wrong is no reason for the stream to end. */
  private CompletableFuture<Known> begun() {
    try {
      return known();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Known> known() {
    Known before = known;
    if (before != null) {
      return CompletableFuture.completedFuture(before);
    }
    return client
        .connect(access)
        .thenCompose(camera -> camera.profiles().thenApply(all -> new Known(camera, chosen(all))))
        .thenApply(
            found -> {
              known = found;
              return found;
            });
  }

  private static List<MediaProfile> chosen(List<MediaProfile> all) {
    StreamChoice choice = StreamChoice.of(all);
    return Stream.concat(Stream.ofNullable(choice.main()), Stream.ofNullable(choice.sub()))
        .toList();
  }

  private static CompletableFuture<Void> ask(Known known) {
    return CompletableFuture.allOf(
        known.profiles.stream()
            .map(known.camera::synchronize)
            .toArray(CompletableFuture<?>[]::new));
  }
}
