package io.kydai.analytics.alert;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report of one event that a rule observed, however long it lasts. The same {@link #id} comes
 * opened once, updated any number of times, and closed once.
 *
 * @param id unique over cameras and restarts
 * @param rule the rule's id in the camera's configuration
 * @param type the rule's type, such as {@code crowding}
 * @param startMediaTime when the event began (which is before the alert opened, where a rule waits
 *     to be sure), 1/90000 s
 * @param endMediaTime the newest moment at which it was seen to last, 1/90000 s
 * @param startedAt {@code startMediaTime} on the wall clock
 * @param endedAt {@code endMediaTime} on the wall clock
 * @param tracks ids of the tracks that take part, in the order in which they joined
 * @param region the part of the picture where it happens; null where it has none
 * @param reason why, for a person: who, where, the values against the thresholds
 * @param measures the same for programs, such as {@code people: 6, threshold: 5}; peak values
 * @param plates number plates of those who take part, as far as they were read with confidence
 */
public record Alert(
    AlertId id,
    CameraId camera,
    RuleId rule,
    String type,
    Phase phase,
    long startMediaTime,
    long endMediaTime,
    Instant startedAt,
    Instant endedAt,
    List<Long> tracks,
    @Nullable Box region,
    String reason,
    Map<String, Double> measures,
    List<Plate> plates) {

  /** Where the alert is in its life. */
  public enum Phase {
    OPENED,
    UPDATED,
    CLOSED
  }

  public Alert {
    requireNonNull(id);
    requireNonNull(camera);
    requireNonNull(rule);
    requireNonNull(type);
    requireNonNull(phase);
    requireNonNull(startedAt);
    requireNonNull(endedAt);
    requireNonNull(reason);
    tracks = List.copyOf(tracks);
    measures = Map.copyOf(measures);
    plates = List.copyOf(plates);
  }

  /** An alert without plates. */
  public Alert(
      AlertId id,
      CameraId camera,
      RuleId rule,
      String type,
      Phase phase,
      long startMediaTime,
      long endMediaTime,
      Instant startedAt,
      Instant endedAt,
      List<Long> tracks,
      @Nullable Box region,
      String reason,
      Map<String, Double> measures) {
    this(
        id,
        camera,
        rule,
        type,
        phase,
        startMediaTime,
        endMediaTime,
        startedAt,
        endedAt,
        tracks,
        region,
        reason,
        measures,
        List.of());
  }

  /** The same with what was read in the meantime. */
  public Alert with(Phase newPhase, List<Plate> newPlates) {
    return new Alert(
        id,
        camera,
        rule,
        type,
        newPhase,
        startMediaTime,
        endMediaTime,
        startedAt,
        endedAt,
        tracks,
        region,
        reason,
        measures,
        newPlates);
  }
}
