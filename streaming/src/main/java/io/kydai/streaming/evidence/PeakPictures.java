package io.kydai.streaming.evidence;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The picture of each open alert's peak: of the update at which one of its measures last rose above
 * all that it had been. It waits in memory until the alert closes, so that an alert that rises a
 * hundred times writes one file.
 *
 * <p>At most {@value #MOST} alerts are known at a time; a further one takes the place of the
 * oldest, which will have no picture of its peak. A picture of more than {@value #MOST_BYTES} bytes
 * is not kept. Safe for many threads.
 */
public final class PeakPictures {
  static final int MOST = 64;
  static final int MOST_BYTES = 2 << 20;

  private final Map<AlertId, Peak> peaks = new LinkedHashMap<>();

  private static final class Peak {
    final Map<String, Double> highest;
    byte @Nullable [] jpeg;

    Peak(Map<String, Double> measures) {
      highest = new LinkedHashMap<>(measures);
    }
  }

  /** Takes note of an alert that opened, of which there is a picture. */
  public synchronized void opened(Alert alert) {
    peaks.put(alert.id(), new Peak(alert.finding().measures()));
    if (peaks.size() > MOST) {
      peaks.remove(peaks.keySet().iterator().next());
    }
  }

  /**
   * Takes an update of an alert.
   *
   * @param picture makes its picture, as a JPEG; asked where the update is a peak
   */
  public void updated(Alert alert, Supplier<byte[]> picture) {
    if (rises(alert)) {
      byte[] jpeg = picture.get();
      if (jpeg.length <= MOST_BYTES) {
        keep(alert.id(), jpeg);
      }
    }
  }

  private synchronized boolean rises(Alert alert) {
    Peak peak = peaks.get(alert.id());
    if (peak == null) {
      return false;
    }
    boolean rises = false;
    for (Map.Entry<String, Double> measure : alert.finding().measures().entrySet()) {
      Double before = peak.highest.get(measure.getKey());
      if (before == null || measure.getValue() > before) {
        peak.highest.put(measure.getKey(), measure.getValue());
        rises = true;
      }
    }
    return rises;
  }

  private synchronized void keep(AlertId alert, byte[] jpeg) {
    Peak peak = peaks.get(alert);
    if (peak != null) {
      peak.jpeg = jpeg;
    }
  }

  /** Forgets an alert, and returns its peak; empty where that was when it opened. */
  public synchronized Optional<byte[]> closed(AlertId alert) {
    Peak peak = peaks.remove(alert);
    return peak == null ? Optional.empty() : Optional.ofNullable(peak.jpeg);
  }
}
