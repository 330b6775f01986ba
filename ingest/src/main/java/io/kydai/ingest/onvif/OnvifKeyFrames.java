package io.kydai.ingest.onvif;

import io.kydai.ingest.media.KeyFrameRequest;
import io.kydai.ingest.onvif.soap.OnvifException;
import io.kydai.ingest.source.CameraId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests key frames by ONVIF from a camera that does not support requests over RTCP. Requests do
 * not block; a request is dropped while another is running. The connection to the camera is made
 * with the first request, and again after a failure. A failure is logged and has no effect except
 * that the next regular key frame is waited for. Both the main and the sub stream are asked for a
 * key frame, because the address of a stream does not show which of them is used. Thread-safe.
 */
public final class OnvifKeyFrames implements KeyFrameRequest {
  private static final Logger LOG = LoggerFactory.getLogger(OnvifKeyFrames.class);

  private record Connected(OnvifCamera camera, List<MediaProfile> profiles) {}

  private final OnvifClient client;
  private final CameraId id;
  private final DeviceAccess access;
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile @Nullable Connected connected;

  /** Creates the requests for one camera, without connecting to it. */
  public OnvifKeyFrames(OnvifClient client, CameraId id, DeviceAccess access) {
    this.client = client;
    this.id = id;
    this.access = access;
  }

  @Override
  public void send() {
    if (running.compareAndSet(false, true)) {
      connectedSafely()
          .thenCompose(OnvifKeyFrames::requestAll)
          .whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  connected = null;
                }
                running.set(false);
                if (failure != null) {
                  logFailure(OnvifException.cause(failure));
                }
              });
    }
  }

  private void logFailure(Throwable cause) {
    boolean expected = cause instanceof OnvifException;
    LOG.warn(
        "camera {}: no key frame by ONVIF: {}", id, cause.getMessage(), expected ? null : cause);
  }

  /**
   * Returns the connected camera. Any exception becomes a failed future, so that it cannot end the
   * stream.
   */
  private CompletableFuture<Connected> connectedSafely() {
    try {
      return connected();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Connected> connected() {
    Connected before = connected;
    if (before != null) {
      return CompletableFuture.completedFuture(before);
    }
    return client
        .connect(access)
        .thenCompose(
            camera -> camera.profiles().thenApply(all -> new Connected(camera, chosen(all))))
        .thenApply(
            found -> {
              connected = found;
              return found;
            });
  }

  private static List<MediaProfile> chosen(List<MediaProfile> all) {
    StreamChoice choice = StreamChoice.of(all);
    return Stream.concat(Stream.ofNullable(choice.main()), Stream.ofNullable(choice.sub()))
        .toList();
  }

  private static CompletableFuture<Void> requestAll(Connected connected) {
    return CompletableFuture.allOf(
        connected.profiles.stream()
            .map(connected.camera::synchronize)
            .toArray(CompletableFuture<?>[]::new));
  }
}
