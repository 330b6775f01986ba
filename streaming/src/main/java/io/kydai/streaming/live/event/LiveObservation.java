package io.kydai.streaming.live.event;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.observation.Observation;
import io.kydai.streaming.json.ObservationJson;
import org.jspecify.annotations.Nullable;

/**
 * What was observed on one analysed frame; the observation's media time says on which. Its JSON is
 * written when the first subscriber asks, and shared from then on. Safe for many threads.
 */
public final class LiveObservation implements LiveEvent {
  private final Observation observation;
  private @Nullable String json;

  public LiveObservation(Observation observation) {
    this.observation = requireNonNull(observation);
  }

  public Observation observation() {
    return observation;
  }

  /** The observation as a JSON object, in the form of {@link ObservationJson}. */
  public synchronized String json() {
    String written = json;
    if (written == null) {
      written = ObservationJson.of(observation).text();
      json = written;
    }
    return written;
  }
}
