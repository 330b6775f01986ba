package io.kydai.console.audit;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An event that the audit is to record.
 *
 * <p>Events are made in one expression: {@code AuditEvent.of(CAMERA_MOVED, caller,
 * origin).camera("gate").detail("move", move)}. Texts beyond their bounds are cut, since an action
 * must not fail because its description is long.
 *
 * @param type the type of the event
 * @param actor the party that performs the action
 * @param origin where the request came from
 * @param camera the id of the camera that the event is about; null when there is none
 * @param report the id of the report that the event is about; null when there is none
 * @param reason the reason that the actor gave, at most {@value #MAX_REASON} characters; null when
 *     there is none
 * @param details further values by their names; the type declares which there are
 */
public record AuditEvent(
    AuditEventType type,
    Actor actor,
    RequestOrigin origin,
    @Nullable String camera,
    @Nullable String report,
    @Nullable String reason,
    Map<String, Object> details) {
  private static final int MAX_ID = 100;
  private static final int MAX_REASON = 2_000;

  /**
   * @throws IllegalArgumentException when the type does not declare a detail, or declares it with
   *     another kind of value
   */
  public AuditEvent {
    requireNonNull(type);
    requireNonNull(actor);
    requireNonNull(origin);
    camera = camera == null ? null : AuditText.shortened(camera, MAX_ID);
    report = report == null ? null : AuditText.shortened(report, MAX_ID);
    reason = reason == null ? null : AuditText.shortened(reason, MAX_REASON);
    for (Map.Entry<String, Object> detail : details.entrySet()) {
      Detail.Kind kind = type.detail(detail.getKey()).kind();
      if (!kind.accepts(detail.getValue())) {
        throw new IllegalArgumentException(
            "detail '%s' of %s is of the kind '%s', and cannot be a %s"
                .formatted(
                    detail.getKey(),
                    type.wire(),
                    kind.words(),
                    detail.getValue().getClass().getSimpleName()));
      }
    }
    details = Collections.unmodifiableMap(new TreeMap<>(details));
  }

  /** Returns an event without a camera, a report, a reason and details. */
  public static AuditEvent of(AuditEventType type, Actor actor, RequestOrigin origin) {
    return new AuditEvent(type, actor, origin, null, null, null, Map.of());
  }

  /** Returns this event, about a camera. */
  public AuditEvent camera(@Nullable String id) {
    return new AuditEvent(type, actor, origin, id, report, reason, details);
  }

  /** Returns this event, about a report. */
  public AuditEvent report(@Nullable String id) {
    return new AuditEvent(type, actor, origin, camera, id, reason, details);
  }

  /** Returns this event with the reason that the actor gave. */
  public AuditEvent reason(@Nullable String text) {
    return new AuditEvent(type, actor, origin, camera, report, text, details);
  }

  /**
   * Returns this event with a further detail.
   *
   * @param value a text, an enum constant, an int or long, a boolean, an instant, or a map (with
   *     lists, maps, texts, numbers and booleans), as the type declares the detail; with null the
   *     event is returned as it is
   * @throws IllegalArgumentException when the type does not declare the detail with such a value
   */
  public AuditEvent detail(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    Map<String, Object> more = new TreeMap<>(details);
    more.put(name, value);
    return new AuditEvent(type, actor, origin, camera, report, reason, more);
  }

  /** Returns this event without the id of its request. */
  AuditEvent withoutRequest() {
    return new AuditEvent(
        type, actor, new RequestOrigin(origin.address(), null), camera, report, reason, details);
  }

  /** Returns the details as canonical JSON of at most 8 KiB. */
  String detailsJson() {
    return DetailsJson.of(details);
  }
}
