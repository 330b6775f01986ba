package io.kydai.console.messages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.analytics.rules.RuleTypes;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.PlaceConfig;
import io.kydai.console.incidents.Priority;
import io.kydai.console.messages.rules.Occasion;
import io.kydai.console.reports.Report;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words of a message: what, where, when, by when, and a link to the report. No plate and no
 * text that somebody wrote is in it.
 *
 * @param subject one line
 * @param lines the lines below it
 * @param link to the report on the console, or to the camera that has a fault
 */
record MessageText(String subject, String lines, URI link) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss dd/MM/uuuu", Locale.ROOT);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is longer is cut in a push message, so that it fits into one. */
  private static final int MAX_PUSH_LINE = 300;

  /**
   * Makes the words.
   *
   * @param officer whether the reader works at the agency's page
   * @param camera the camera as it is now; null where it was removed
   */
  static MessageText of(
      Occasion occasion,
      Report report,
      @Nullable CameraConfig camera,
      boolean officer,
      String language,
      ZoneId zone,
      URI console) {
    boolean english = language.equals("en");
    String where = camera == null ? report.origin().camera().value() : camera.name();
    String what = title(report.origin().type(), english);
    String subject =
        occasion(occasion, Priority.of(report.origin().type()), english)
            + ": "
            + what
            + " – "
            + where;
    StringBuilder lines = new StringBuilder();
    line(lines, english ? "What" : "Việc", what);
    line(lines, english ? "Where" : "Nơi", address(where, camera));
    line(lines, english ? "When" : "Lúc", time(report.times().startedAt(), zone));
    Instant due = report.handling().dueAt();
    if (due != null) {
      line(lines, english ? "Due by" : "Hạn", time(due, zone));
    }
    String page =
        occasion == Occasion.CAMERA_FAULT
            ? "/#/cameras/" + report.origin().camera()
            : (officer ? "/#/agency/" : "/#/reports/") + report.id();
    URI link = URI.create(console.toString().replaceFirst("/+$", "") + page);
    return new MessageText(subject, lines.toString(), link);
  }

  static String occasion(Occasion occasion, Priority priority, boolean english) {
    return switch (occasion) {
      case CAMERA_FAULT -> english ? "Camera fault" : "Lỗi camera";
      case INCIDENT ->
          switch (priority) {
            case URGENT -> english ? "Urgent" : "Khẩn";
            case HIGH -> english ? "High" : "Cao";
            case NORMAL -> english ? "New" : "Mới";
          };
      case ASSIGNED -> english ? "Assigned to you" : "Giao cho bạn";
      case REMINDED -> english ? "Due soon" : "Sắp hết hạn";
      case ESCALATED -> english ? "Late" : "Quá hạn";
    };
  }

  static String title(String type, boolean english) {
    RuleType known = RuleTypes.all().get(type);
    String title =
        known == null ? type : english ? known.title().english() : known.title().vietnamese();
    return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }

  private static String address(String where, @Nullable CameraConfig camera) {
    PlaceConfig place = camera == null ? null : camera.place();
    String address = place == null ? null : place.address();
    return address == null ? where : where + ", " + address;
  }

  private static String time(Instant at, ZoneId zone) {
    return TIME.format(at.atZone(zone)) + " (" + zone.getId() + ")";
  }

  private static void line(StringBuilder lines, String name, String value) {
    lines.append(name).append(": ").append(value).append('\n');
  }

  /** Returns the text of an e-mail. */
  String email() {
    return lines + "\n" + link + "\n";
  }

  /**
   * Returns what the service worker shows.
   *
   * @param id by which a browser replaces the same message, should it come twice
   */
  String push(String id, String language) {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("id", id);
    shown.put("title", cut(subject));
    shown.put("body", cut(lines.strip()));
    shown.put("url", link.toString().substring(link.toString().indexOf("/#/")));
    shown.put("lang", language);
    try {
      return JSON.writeValueAsString(shown);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can be written", e);
    }
  }

  private static String cut(String text) {
    // Of a camera's name and address; 300 characters have 1,200 bytes at most.
    int length = text.codePointCount(0, text.length());
    return length <= MAX_PUSH_LINE
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_PUSH_LINE - 1)) + "…";
  }
}
