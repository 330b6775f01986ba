package io.kydai.analytics.flow;

import io.kydai.analytics.observation.Observation;
import io.kydai.ingest.source.CameraId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The flow map of each camera, from its first observation until the camera is forgotten. It lives
 * beside analytics and not in it: a change of rules or scene begins a camera's analysis anew, and
 * the map goes on. For any thread.
 */
public final class FlowMaps {
  private final Map<CameraId, FlowMap> maps = new ConcurrentHashMap<>();

  public void onObservation(Observation observation) {
    maps.computeIfAbsent(observation.camera(), camera -> new FlowMap()).onObservation(observation);
  }

  /** Forgets what a camera saw, as when it looks elsewhere from now on. */
  public void forget(CameraId camera) {
    maps.remove(camera);
  }

  /**
   * @return empty while nothing was observed
   */
  public Optional<FlowGrid> read(CameraId camera) {
    return Optional.ofNullable(maps.get(camera)).map(FlowMap::read);
  }
}
