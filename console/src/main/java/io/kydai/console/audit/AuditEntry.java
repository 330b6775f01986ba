package io.kydai.console.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit, as it is stored. Its {@link #hash} is the SHA-256 of the 32 bytes of
 * {@link #previous} followed by the entry's canonical JSON in UTF-8 (see {@link CanonicalJson}).
 *
 * @param number 1 for the first entry, without gaps
 * @param at the time, in whole milliseconds; it decreases where the node's clock was set back
 * @param type the type of the event, see {@link AuditEventType#wire}; another one where a newer
 *     version wrote the entry
 * @param actorKind the kind of actor in lower case, see {@link Actor.Kind}
 * @param actorId the id of the actor
 * @param actorName the name of the actor at that time
 * @param address the client's IP address; null where there was no request
 * @param request the id of the request; null where there was none
 * @param camera the id of the camera; null where there is none
 * @param report the id of the report; null where there is none
 * @param reason the reason that the actor gave; null where there is none
 * @param details the details, a JSON object in canonical form
 * @param previous the hash of the entry before, 64 lower-case hexadecimal digits; all are 0 in the
 *     first entry
 * @param hash the hash of this entry, written likewise
 */
public record AuditEntry(
    long number,
    Instant at,
    String type,
    String actorKind,
    String actorId,
    String actorName,
    @Nullable String address,
    @Nullable String request,
    @Nullable String camera,
    @Nullable String report,
    @Nullable String reason,
    String details,
    String previous,
    String hash) {
  /** The hash before the first entry. */
  static final String GENESIS = "0".repeat(64);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Returns the entry of an event, whose hash is computed. */
  static AuditEntry of(AuditEvent event, long number, Instant at, String previous) {
    AuditEntry unsealed =
        new AuditEntry(
            number,
            at,
            event.type().wire(),
            AuditText.dashed(event.actor().kind()),
            event.actor().id(),
            event.actor().name(),
            event.origin().address(),
            event.origin().requestId(),
            event.camera(),
            event.report(),
            event.reason(),
            event.detailsJson(),
            previous,
            "");
    return unsealed.withHash(unsealed.computedHash());
  }

  private AuditEntry withHash(String computed) {
    return new AuditEntry(
        number, at, type, actorKind, actorId, actorName, address, request, camera, report, reason,
        details, previous, computed);
  }

  /**
   * Returns the hash that an entry with this content and the given previous hash has.
   *
   * @throws IllegalArgumentException when {@link #previous} is not hexadecimal
   */
  String computedHash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(HexFormat.of().parseHex(previous));
      return HexFormat.of().formatHex(digest.digest(content().getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Returns the canonical JSON that the hash covers, which has neither hash. */
  String content() {
    return CanonicalJson.of(members());
  }

  /** Returns the whole entry as one line of canonical JSON, with both hashes. */
  public String json() {
    Map<String, Object> members = members();
    members.put("previous", previous);
    members.put("hash", hash);
    return CanonicalJson.of(members);
  }

  private Map<String, Object> members() {
    Map<String, Object> members = new TreeMap<>();
    members.put("number", number);
    members.put("at", text(at));
    members.put("type", type);
    members.put("actor", Map.of("kind", actorKind, "id", actorId, "name", actorName));
    put(members, "address", address);
    put(members, "request", request);
    put(members, "camera", camera);
    put(members, "report", report);
    put(members, "reason", reason);
    members.put("details", new CanonicalJson.Written(details));
    return members;
  }

  private static void put(Map<String, Object> members, String key, @Nullable String value) {
    if (value != null) {
      members.put(key, value);
    }
  }

  /** The names of {@link #cells}. */
  static final List<String> COLUMNS =
      List.of(
          "number",
          "at",
          "type",
          "actor-kind",
          "actor-id",
          "actor-name",
          "address",
          "request",
          "camera",
          "report",
          "reason",
          "details",
          "previous",
          "hash");

  /** Returns the entry's values in the order of {@link #COLUMNS}; absent ones are empty. */
  List<String> cells() {
    return List.of(
        Long.toString(number),
        text(at),
        type,
        actorKind,
        actorId,
        actorName,
        requireNonNullElse(address, ""),
        requireNonNullElse(request, ""),
        requireNonNullElse(camera, ""),
        requireNonNullElse(report, ""),
        requireNonNullElse(reason, ""),
        details,
        previous,
        hash);
  }

  /** Returns a time as entries have it: RFC 3339 in UTC with three digits of milliseconds. */
  static String text(Instant time) {
    return TIME.format(time);
  }
}
