package io.kydai.console.reports;

import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.Plate;
import io.kydai.analytics.alert.RuleId;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.evidence.EvidenceItem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An item of the report queue.
 *
 * @param id sorts by time of receipt
 * @param alertId the alert that it came from
 * @param rule the rule's id
 * @param type the rule's type, such as {@code crowding}
 * @param receivedAt when it came into the queue
 * @param startedAt when the happening began
 * @param endedAt when it ended; null while it lasts
 * @param reason why, for a person
 * @param measures values and thresholds
 * @param tracks ids of the tracks that took part
 * @param plates of those who took part, as far as they were read with confidence
 * @param agency to which it is assigned; null where it is not
 * @param evidence what lies on the disk so far
 * @param history each step, oldest first; empty in lists
 */
public record Report(
    ReportId id,
    AlertId alertId,
    CameraId camera,
    RuleId rule,
    String type,
    ReportState state,
    Instant receivedAt,
    Instant startedAt,
    @Nullable Instant endedAt,
    String reason,
    Map<String, Double> measures,
    List<Long> tracks,
    List<Plate> plates,
    @Nullable String agency,
    List<EvidenceItem> evidence,
    List<Step> history) {

  /** What may be done with it in its state, in the order in which it is offered. */
  public List<ReportAction> actions() {
    return Transitions.actions(state);
  }

  /**
   * One step of a report's history.
   *
   * @param reason why it was taken; null where none was given
   * @param agency to which the report was assigned; null at other steps
   */
  public record Step(
      Instant at,
      ReportState state,
      String actor,
      @Nullable String reason,
      @Nullable String agency) {}
}
