package io.kydai.console.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who changed something last, as the audit has it, for the words to somebody whose change crossed
 * that one.
 *
 * @param by the name at that time
 * @param at the time
 */
public record LastChange(String by, Instant at) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Returns the last change of a camera; empty where the audit has none any more. */
  public static Optional<LastChange> ofCamera(AuditLog audit, String camera) {
    return Stream.of(AuditEventType.CAMERA_CHANGED, AuditEventType.CAMERA_ADDED)
        .flatMap(type -> entries(audit, type, camera, 1).stream())
        .max(Comparator.comparing(AuditEntry::number))
        .map(LastChange::of);
  }

  /**
   * Returns the last change of an area; empty where it is not among the newest {@value
   * AuditLog#MAX_PAGE} of all areas.
   */
  public static Optional<LastChange> ofArea(AuditLog audit, String area) {
    return entries(audit, AuditEventType.AREA_CHANGED, null, AuditLog.MAX_PAGE).stream()
        .filter(entry -> area.equals(area(entry)))
        .findFirst()
        .map(LastChange::of);
  }

  private static List<AuditEntry> entries(
      AuditLog audit, AuditEventType type, @Nullable String camera, int limit) {
    return audit.list(new AuditFilter(null, null, null, type, camera, null, limit, null)).entries();
  }

  private static String area(AuditEntry entry) {
    try {
      return JSON.readTree(entry.details()).path("area").asText();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LastChange of(AuditEntry entry) {
    return new LastChange(entry.actorName(), entry.at());
  }
}
