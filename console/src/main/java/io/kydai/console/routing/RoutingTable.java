package io.kydai.console.routing;

import io.kydai.console.settings.DeskSetting;
import io.kydai.console.settings.InvalidSettingException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The routing table of a site: the first row whose conditions all hold decides.
 *
 * @param zone the time zone in which its times are, such as {@code Asia/Ho_Chi_Minh}
 * @param desk the id of the agency that gets what no row is for: the desk of the centre
 * @param rules at most {@value #MAX}, in the order in which they are looked at
 */
public record RoutingTable(String zone, String desk, List<RoutingRule> rules) {
  private static final int MAX = 2_000;
  private static final int MAX_ID = 63;
  private static final int MAX_AGENCY = 200;

  /** The setting. */
  public static final DeskSetting<RoutingTable> SETTING =
      new DeskSetting<>(
          "routing", RoutingTable.class, new RoutingTable("Asia/Ho_Chi_Minh", "desk", List.of()));

  public RoutingTable {
    rules = List.copyOf(rules);
    try {
      ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new InvalidSettingException("zone", "a time zone such as Asia/Ho_Chi_Minh");
    }
    if (wrong(desk, MAX_AGENCY)) {
      throw new InvalidSettingException("desk", "the id of an agency");
    }
    if (rules.size() > MAX) {
      throw new InvalidSettingException("rules", MAX + " at most");
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < rules.size(); i++) {
      RoutingRule rule = rules.get(i);
      if (wrong(rule.id(), MAX_ID) || !ids.add(rule.id())) {
        throw new InvalidSettingException("rules[" + i + "].id", "an id that no other row has");
      }
      if (wrong(rule.agency(), MAX_AGENCY)) {
        throw new InvalidSettingException("rules[" + i + "].agency", "the id of an agency");
      }
      if ((rule.from() == null) != (rule.to() == null)) {
        throw new InvalidSettingException("rules[" + i + "].to", "both from and to, or neither");
      }
    }
  }

  private static boolean wrong(String text, int max) {
    return text.isBlank() || text.length() > max;
  }

  /** Returns the time zone of its times. */
  ZoneId zoneId() {
    return ZoneId.of(zone);
  }
}
