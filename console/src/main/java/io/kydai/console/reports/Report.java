package io.kydai.console.reports;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.Plate;
import io.kydai.analytics.alert.RuleId;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.evidence.EvidenceItem;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An item of the report queue.
 *
 * @param id sorts by time of receipt
 * @param origin the alert that it came from
 * @param handling how far the desk is with it
 * @param times when it came in, and when the event began and ended
 * @param participants the road users who took part in the event
 * @param finding what the rule found
 * @param evidence the files of evidence that are on the disk so far
 * @param history each step, oldest first; empty in lists
 */
public record Report(
    ReportId id,
    Origin origin,
    Handling handling,
    Times times,
    Participants participants,
    Finding finding,
    List<EvidenceItem> evidence,
    List<Step> history) {
  public Report {
    requireNonNull(id);
    requireNonNull(origin);
    requireNonNull(handling);
    requireNonNull(times);
    requireNonNull(participants);
    requireNonNull(finding);
    evidence = List.copyOf(evidence);
    history = List.copyOf(history);
  }

  /**
   * The alert that a report came from.
   *
   * @param alert the alert's id
   * @param camera the camera that saw the event
   * @param rule the id of the rule that raised the alert, among its camera's rules
   * @param type the rule's type, such as {@code crowding}
   */
  public record Origin(AlertId alert, CameraId camera, RuleId rule, String type) {}

  /**
   * How far the desk is with a report.
   *
   * @param state the state after the newest step
   * @param agency the agency to which the report is assigned; null where it is not
   * @param version 1 for a report that came in, and one more with each step
   * @param incident the id of the incident that it belongs to; null where none was made
   * @param parent the report that it follows, since both are of one event; null where it stands
   *     alone
   * @param dueAt by when its present stage is to end; null where nothing asks for it
   * @param firstLook who found it true and waits for another person's agreement; null in other
   *     states than {@link ReportState#SECOND_REVIEW}
   */
  public record Handling(
      ReportState state,
      @Nullable String agency,
      long version,
      @Nullable String incident,
      @Nullable String parent,
      @Nullable Instant dueAt,
      @Nullable FirstLook firstLook) {
    /** Returns the actions that the state allows, in the order in which they are offered. */
    public List<ReportAction> actions() {
      return Transitions.actions(state);
    }
  }

  /**
   * The first of two looks at a report.
   *
   * @param account the id of the account of the person who looked
   * @param actor the name of that person at that time
   * @param at when the report was found true
   */
  public record FirstLook(String account, String actor, Instant at) {
    public FirstLook {
      requireNonNull(account);
      requireNonNull(actor);
      requireNonNull(at);
    }
  }

  /**
   * The times of a report on the wall clock.
   *
   * @param receivedAt when the report came into the queue
   * @param startedAt when the event began
   * @param endedAt when the event ended; null while it lasts
   */
  public record Times(Instant receivedAt, Instant startedAt, @Nullable Instant endedAt) {}

  /**
   * The road users who took part in the event.
   *
   * @param tracks ids of their tracks, at most 1,000
   * @param plates their number plates, as far as these were read with confidence
   */
  public record Participants(List<Long> tracks, List<Plate> plates) {
    public Participants {
      tracks = List.copyOf(tracks);
      plates = List.copyOf(plates);
    }
  }

  /**
   * What the rule found.
   *
   * @param reason a sentence for a person, at most 2,000 characters
   * @param measures the same for programs: values and thresholds by name, such as {@code people: 6,
   *     threshold: 5}
   */
  public record Finding(String reason, Map<String, Double> measures) {
    public Finding {
      measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
    }
  }

  /**
   * One step of a report's history.
   *
   * @param at when it was taken
   * @param state the state that it led to
   * @param actor the person or program that took it
   * @param reason why it was taken; null where none was given
   * @param agency to which the report was assigned; null at other steps
   * @param action what was done; null for the receipt, for what the node noted by itself, and for
   *     steps that were taken before actions were recorded
   * @param note what the node itself says of it; null where a person took the step, and for steps
   *     that were taken before notes were recorded
   */
  public record Step(
      Instant at,
      ReportState state,
      String actor,
      @Nullable String reason,
      @Nullable String agency,
      @Nullable ReportAction action,
      @Nullable StepNote note) {
    /** Makes a step that nobody took by an action. */
    Step(
        Instant at,
        ReportState state,
        String actor,
        @Nullable String reason,
        @Nullable StepNote note) {
      this(at, state, actor, reason, null, null, note);
    }
  }

  /** Returns this report as lists have it. */
  public Report withoutHistory() {
    return withHistory(List.of());
  }

  /** Returns this report with another history. */
  Report withHistory(List<Step> steps) {
    return new Report(id, origin, handling, times, participants, finding, evidence, steps);
  }

  /** Returns this report with other evidence. */
  Report withEvidence(List<EvidenceItem> items) {
    return new Report(id, origin, handling, times, participants, finding, items, history);
  }
}
