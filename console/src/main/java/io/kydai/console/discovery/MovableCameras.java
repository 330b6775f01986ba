package io.kydai.console.discovery;

import static io.kydai.console.discovery.OnvifCameras.await;

import io.kydai.ingest.onvif.DeviceAccess;
import io.kydai.ingest.onvif.MediaProfile;
import io.kydai.ingest.onvif.OnvifCamera;
import io.kydai.ingest.onvif.OnvifClient;
import io.kydai.ingest.onvif.OnvifException;
import io.kydai.ingest.onvif.Ptz;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Moves cameras. A conversation with a camera is opened at its first movement and kept for the
 * next, since a hand on the keys wants an answer at once: the last 64 of them, each until a call
 * fails. Any thread; every call waits for the camera.
 */
public final class MovableCameras {
  private static final int MAX_KEPT = 64;

  /** A movement that is not ended by a stop ends by itself after this. */
  private static final Duration LONGEST_MOVE = Duration.ofSeconds(2);

  /** What is asked of a camera. */
  private interface Wish<T> {
    CompletableFuture<T> of(Ptz ptz);
  }

  private final OnvifClient client;
  private final Map<DeviceAccess, Ptz> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DeviceAccess, Ptz> eldest) {
          return size() > MAX_KEPT;
        }
      };

  MovableCameras(OnvifClient client) {
    this.client = client;
  }

  /**
   * Moves for two seconds at most.
   *
   * @param pan -1 left to 1 right, of the greatest speed
   * @param tilt -1 down to 1 up
   * @param zoom -1 out to 1 in
   */
  public void move(DeviceAccess camera, double pan, double tilt, double zoom)
      throws OnvifException {
    ask(camera, ptz -> ptz.move(pan, tilt, zoom, LONGEST_MOVE));
  }

  public void stop(DeviceAccess camera) throws OnvifException {
    ask(camera, Ptz::stop);
  }

  public void goTo(DeviceAccess camera, String preset) throws OnvifException {
    ask(camera, ptz -> ptz.goTo(preset));
  }

  public List<Ptz.Preset> presets(DeviceAccess camera) throws OnvifException {
    return ask(camera, Ptz::presets);
  }

  private <T> T ask(DeviceAccess camera, Wish<T> wish) throws OnvifException {
    try {
      return await(wish.of(open(camera)));
    } catch (OnvifException e) {
      forget(camera);
      throw e;
    }
  }

  private Ptz open(DeviceAccess camera) throws OnvifException {
    Optional<Ptz> known = known(camera);
    if (known.isPresent()) {
      return known.get();
    }
    OnvifCamera opened = await(client.connect(camera));
    List<MediaProfile> profiles = await(opened.profiles());
    MediaProfile profile =
        profiles.stream()
            .filter(MediaProfile::movable)
            .findFirst()
            .or(() -> profiles.stream().findFirst())
            .orElse(new MediaProfile("", "", null, 0, 0, 0, false, false));
    Ptz ptz = opened.ptz(profile);
    synchronized (kept) {
      kept.put(camera, ptz);
    }
    return ptz;
  }

  private Optional<Ptz> known(DeviceAccess camera) {
    synchronized (kept) {
      return Optional.ofNullable(kept.get(camera));
    }
  }

  private void forget(DeviceAccess camera) {
    synchronized (kept) {
      kept.remove(camera);
    }
  }
}
