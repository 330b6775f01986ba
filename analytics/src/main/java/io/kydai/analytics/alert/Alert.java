package io.kydai.analytics.alert;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.observation.Timestamp;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report of one event that a rule observed, however long it lasts. The same {@link #id} comes
 * opened once, updated any number of times, and closed once.
 *
 * @param id unique over cameras and restarts
 * @param origin the camera and the rule that observed the event
 * @param phase where the alert is in its life
 * @param span when the event began, and until when it is known to last
 * @param participants the tracked objects that take part in the event
 * @param finding what the rule found
 */
public record Alert(
    AlertId id, Origin origin, Phase phase, Span span, Participants participants, Finding finding) {

  /** Where the alert is in its life. */
  public enum Phase {
    OPENED,
    UPDATED,
    CLOSED
  }

  /**
   * The camera and the rule that observed the event.
   *
   * @param rule the rule's id in the camera's configuration
   * @param type the rule's type, such as {@code crowding}
   */
  public record Origin(CameraId camera, RuleId rule, String type) {
    public Origin {
      requireNonNull(camera);
      requireNonNull(rule);
      requireNonNull(type);
    }
  }

  /**
   * The time that the event lasts.
   *
   * @param start when the event began (which is before the alert opened, where a rule waits to be
   *     sure)
   * @param end the newest moment at which the event was observed to last
   */
  public record Span(Timestamp start, Timestamp end) {
    public Span {
      requireNonNull(start);
      requireNonNull(end);
    }
  }

  /**
   * The tracked objects that take part in the event.
   *
   * @param tracks ids of their tracks, in the order in which they joined; empty where the event is
   *     about the camera itself
   * @param region the part of the picture in which they took part, 0..1 of its width and height;
   *     null where nothing did
   * @param plates their number plates, as far as these were read with confidence
   */
  public record Participants(List<Long> tracks, @Nullable Box region, List<Plate> plates) {
    public Participants {
      tracks = List.copyOf(tracks);
      plates = List.copyOf(plates);
    }

    private Participants withPlates(List<Plate> newPlates) {
      return new Participants(tracks, region, newPlates);
    }
  }

  /**
   * What the rule found.
   *
   * @param reason a sentence for a person: the objects, the place, the values against the
   *     thresholds
   * @param measures the same for programs: values and thresholds by name, such as {@code people: 6,
   *     threshold: 5}; peak values
   */
  public record Finding(String reason, Map<String, Double> measures) {
    public Finding {
      requireNonNull(reason);
      measures = Map.copyOf(measures);
    }
  }

  public Alert {
    requireNonNull(id);
    requireNonNull(origin);
    requireNonNull(phase);
    requireNonNull(span);
    requireNonNull(participants);
    requireNonNull(finding);
  }

  /** Returns the same alert with the number plates that were read in the meantime. */
  public Alert with(Phase newPhase, List<Plate> newPlates) {
    return new Alert(id, origin, newPhase, span, participants.withPlates(newPlates), finding);
  }
}
