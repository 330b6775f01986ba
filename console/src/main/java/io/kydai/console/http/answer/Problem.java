package io.kydai.console.http.answer;

import io.kydai.console.audit.LastChange;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request with a problem document (RFC 9457). Its {@code type} is always {@code about:blank}
 * (section 4.2.1): status, {@code detail} and {@code field} have all there is to report.
 */
public final class Problem extends RuntimeException {
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final long serialVersionUID = 1;

  private final int status;
  private final String detail;
  private final String field;
  private final transient Map<String, String> headers;
  private final transient @Nullable Refusal refusal;
  private transient @Nullable LastChange change;

  /**
   * What was refused for want of a right, for the audit; the client does not learn of it.
   *
   * @param permission that is needed; null where it is none that can be granted
   * @param camera the id of the camera that is concerned; null where there is none
   * @param report the id of the report that is concerned; null where there is none
   */
  public record Refusal(
      @Nullable Permission permission, @Nullable String camera, @Nullable String report) {
    /** Nothing more is known of it. */
    public static final Refusal UNKNOWN = new Refusal(null, null, null);

    /** Returns a refusal for want of a permission. */
    public static Refusal of(Permission permission) {
      return new Refusal(permission, null, null);
    }

    /** Returns a refusal that concerns a camera. */
    public static Refusal of(Permission permission, CameraId camera) {
      return new Refusal(permission, camera.value(), null);
    }
  }

  private Problem(
      int status,
      String detail,
      String field,
      Map<String, String> headers,
      @Nullable Refusal refusal) {
    super(detail, null, false, false);
    this.status = status;
    this.detail = detail;
    this.field = field;
    this.headers = headers;
    this.refusal = refusal;
  }

  public static Problem of(int status, String detail) {
    return new Problem(status, detail, "", Map.of(), null);
  }

  /** Returns a 403 for want of a right, which the audit records. */
  public static Problem refused(String detail, Refusal refusal) {
    return new Problem(403, detail, "", Map.of(), refusal);
  }

  /**
   * Returns the 404 of something that is there but may not be seen: the answer is that of {@link
   * #notFound}, and the audit records the refusal.
   */
  public static Problem hidden(String what, Refusal refusal) {
    return new Problem(404, noSuch(what), "", Map.of(), refusal);
  }

  /** A request that is wrong for the reason that an exception's message says. */
  public static Problem of(int status, Exception reason) {
    return of(status, text(reason));
  }

  private static String text(Exception reason) {
    String message = reason.getMessage();
    return message == null ? reason.getClass().getSimpleName() : message;
  }

  /** A request whose field is wrong for the reason that an exception's message says. */
  public static Problem badField(String field, Exception reason) {
    return badField(field, text(reason));
  }

  /**
   * A request that cannot be understood.
   *
   * @param field the key or parameter that is wrong, such as {@code scene.zones[0].polygon}
   */
  public static Problem badField(String field, String detail) {
    return new Problem(400, detail, field, Map.of(), null);
  }

  /** A request that is refused with a status because of a field. */
  public static Problem field(int status, String field, Exception reason) {
    return new Problem(status, text(reason), field, Map.of(), null);
  }

  public static Problem notFound(String what) {
    return of(404, noSuch(what));
  }

  private static String noSuch(String what) {
    return "There is no " + what + ".";
  }

  /** A change that crossed another one, which is said where it is known. */
  public static Problem crossed(String detail, @Nullable LastChange other) {
    Problem problem =
        of(
            409,
            detail
                + (other == null ? "" : ", by " + other.by() + " at " + other.at())
                + ". Nothing was overwritten: read it again, and try anew.");
    problem.change = other;
    return problem;
  }

  public Problem withHeader(String name, String value) {
    return new Problem(status, detail, field, Map.of(name, value), refusal);
  }

  /** Returns what was refused for want of a right; every 403 is such a refusal. */
  public Optional<Refusal> refusal() {
    return status == 403 && refusal == null
        ? Optional.of(Refusal.UNKNOWN)
        : Optional.ofNullable(refusal);
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public ApiReply reply(String requestId) {
    return new ApiReply.Bytes(status, MEDIA_TYPE, Json.bytes(document(requestId)), headers);
  }

  /**
   * A problem document (RFC 9457, section 3.1).
   *
   * @param title the status in words
   * @param field the key or parameter that is wrong
   * @param changedBy whose change crossed this one
   * @param changedAt when that was
   * @param requestId under which the node's log has more; null where no request could be read
   */
  public record Document(
      String type,
      String title,
      int status,
      String detail,
      @Nullable String field,
      @Nullable String changedBy,
      @Nullable Instant changedAt,
      @Nullable String requestId) {}

  public Document document(@Nullable String requestId) {
    return new Document(
        "about:blank",
        HttpResponseStatus.valueOf(status).reasonPhrase(),
        status,
        detail,
        field.isEmpty() ? null : field,
        change == null ? null : change.by(),
        change == null ? null : change.at(),
        requestId);
  }
}
