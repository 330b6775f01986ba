package io.kydai.streaming.evidence;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.observation.Observation;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.MediaTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A clip while it is being cut. It holds references to pictures that are in memory anyway, and is
 * written in one go when it ends. It is used on its camera's executor until then.
 *
 * <p>At most 64 MiB, 16,384 pictures and 4,096 observations: where it is full it is cut short,
 * which {@link #cutShort} tells.
 */
final class EvidenceClip {
  static final long MAX_BYTES = PreRollBuffer.MAX_BYTES;
  static final int MAX_PICTURES = 2 * PreRollBuffer.MAX_PICTURES;

  /** How long to wait for the last observations, which come later than pictures; 1/90000 s. */
  private static final long OBSERVATION_LAG = MediaTime.ticksOfSeconds(1);

  private final Alert alert;
  private final long end;
  private final List<AccessUnit> units;
  private final List<Observation> observations;
  private long bytes;
  private boolean over;
  private boolean cutShort;
  private boolean finished;

  /**
   * Begins a clip with what is there already.
   *
   * @param end media time from which on pictures do not belong to the clip, 1/90000 s
   * @param units in decoding order, the first a key frame; may be empty
   */
  EvidenceClip(Alert alert, long end, List<AccessUnit> units, List<Observation> observations) {
    this.alert = alert;
    this.end = end;
    this.units = new ArrayList<>();
    this.observations = new ArrayList<>(observations);
    units.forEach(this::add);
  }

  /** Takes the next access unit, unless it lies behind the end or there is no room. */
  void add(AccessUnit unit) {
    finished |= unit.mediaTime() >= end + OBSERVATION_LAG;
    over |= unit.mediaTime() >= end;
    if (over || cutShort || (units.isEmpty() && !unit.keyFrame())) {
      return;
    }
    if (bytes + unit.size() > MAX_BYTES || units.size() >= MAX_PICTURES) {
      cutShort = true;
      return;
    }
    units.add(unit);
    bytes += unit.size();
  }

  /** Takes the next observation, unless it lies behind the end or there is no room. */
  void add(Observation observation) {
    if (observation.mediaTime() >= end) {
      finished |= over;
    } else if (observations.size() >= PreRollBuffer.MAX_OBSERVATIONS) {
      cutShort = true;
    } else {
      observations.add(observation);
    }
  }

  /** Whether nothing more can come that belongs to the clip. */
  boolean finished() {
    return finished;
  }

  /** Whether something that belongs to the clip was left out for want of room. */
  boolean cutShort() {
    return cutShort;
  }

  Alert alert() {
    return alert;
  }

  List<AccessUnit> units() {
    return units;
  }

  List<Observation> observations() {
    return observations;
  }
}
