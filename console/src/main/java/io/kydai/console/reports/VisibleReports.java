package io.kydai.console.reports;

import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * The condition that a row of the table {@code report} is in one of the parts of the queue that
 * somebody may see. A list that is cut to a number of rows has it in its query: filtering what was
 * cut already would leave rows out.
 *
 * @param sql the condition
 * @param values the values of its names
 * @param lists the values of its lists
 */
public record VisibleReports(
    String sql, Map<String, Object> values, Map<String, List<String>> lists) {

  /** Returns the condition for the parts; without any, no report fulfils it. */
  public static VisibleReports of(List<ReportFilter.Part> parts) {
    Map<String, Object> values = new HashMap<>();
    Map<String, List<String>> lists = new HashMap<>();
    StringJoiner any = new StringJoiner(" OR ");
    any.setEmptyValue("1 = 0");
    for (int i = 0; i < parts.size(); i++) {
      ReportFilter.Part part = parts.get(i);
      StringJoiner all = new StringJoiner(" AND ", "(", ")");
      all.setEmptyValue("1 = 1");
      Set<CameraId> cameras = part.cameras();
      if (cameras != null && cameras.isEmpty()) {
        all.add("1 = 0");
      } else if (cameras != null) {
        all.add("camera IN (<cameras" + i + ">)");
        lists.put("cameras" + i, cameras.stream().map(CameraId::value).sorted().toList());
      }
      Instant from = part.from();
      if (from != null) {
        all.add("received_at >= :from" + i);
        values.put("from" + i, ceilMillis(from));
      }
      Set<String> agencies = part.agencies();
      if (agencies != null && agencies.isEmpty()) {
        all.add("1 = 0");
      } else if (agencies != null) {
        all.add("agency IN (<agencies" + i + ">)");
        lists.put("agencies" + i, agencies.stream().sorted().toList());
      }
      any.add(all.toString());
    }
    return new VisibleReports(any.toString(), values, lists);
  }

  /** Returns the first millisecond that is not before a moment; the database has milliseconds. */
  private static long ceilMillis(Instant at) {
    return at.plusNanos(999_999).toEpochMilli();
  }
}
