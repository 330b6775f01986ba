package io.kydai.console.discovery;

import static io.kydai.console.discovery.OnvifCameras.await;

import io.kydai.ingest.onvif.DeviceAccess;
import io.kydai.ingest.onvif.MediaProfile;
import io.kydai.ingest.onvif.OnvifCamera;
import io.kydai.ingest.onvif.OnvifClient;
import io.kydai.ingest.onvif.Ptz;
import io.kydai.ingest.onvif.soap.OnvifException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Moves cameras with PTZ (pan, tilt, zoom). The connection to a camera's PTZ service is prepared at
 * its first movement and kept for the next ones, to shorten the response to an operator; the 64
 * most recently used ones are kept, each until a call fails. The methods may be called on any
 * thread, and block until the camera responds.
 */
public final class MovableCameras {
  private static final int MAX_KEPT = 64;

  /** The timeout after which a movement ends without a stop. */
  private static final Duration MOVE_TIMEOUT = Duration.ofSeconds(2);

  /** An operation of a camera's PTZ service. */
  private interface PtzOperation<T> {
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
   * Moves a camera for at most two seconds.
   *
   * @param pan the pan speed as a fraction of the maximum, -1 (left) to 1 (right)
   * @param tilt the tilt speed as a fraction of the maximum, -1 (down) to 1 (up)
   * @param zoom the zoom speed as a fraction of the maximum, -1 (out) to 1 (in)
   * @throws OnvifException when the camera refuses or does not respond
   */
  public void move(DeviceAccess camera, double pan, double tilt, double zoom)
      throws OnvifException {
    perform(camera, ptz -> ptz.move(pan, tilt, zoom, MOVE_TIMEOUT));
  }

  /**
   * Stops the movement of a camera.
   *
   * @throws OnvifException when the camera refuses or does not respond
   */
  public void stop(DeviceAccess camera) throws OnvifException {
    perform(camera, Ptz::stop);
  }

  /**
   * Moves a camera to a preset.
   *
   * @throws OnvifException when the camera refuses or does not respond
   */
  public void goTo(DeviceAccess camera, String preset) throws OnvifException {
    perform(camera, ptz -> ptz.goTo(preset));
  }

  /**
   * Returns the presets of a camera.
   *
   * @throws OnvifException when the camera refuses or does not respond
   */
  public List<Ptz.Preset> presets(DeviceAccess camera) throws OnvifException {
    return perform(camera, Ptz::presets);
  }

  private <T> T perform(DeviceAccess camera, PtzOperation<T> operation) throws OnvifException {
    try {
      return await(operation.of(open(camera)));
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
