package io.kydai.console.incidents;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * How many incidents there are on each tab: at most {@value #MOST} each, and that many means that
 * many or more.
 *
 * @param tabs by tab
 * @param toCheck of those to check, by priority
 * @param secondLook how many have a report that waits for a second look
 */
public record IncidentCounts(
    Map<Tab, Integer> tabs, Map<Priority, Integer> toCheck, int secondLook) {
  static final int MOST = 1_000;

  public IncidentCounts {
    tabs = Map.copyOf(tabs);
    toCheck = Map.copyOf(toCheck);
  }

  /** Counts in one statement. */
  static IncidentCounts of(Handle db, IncidentFilter filter) {
    List<String> each = new ArrayList<>();
    for (Tab tab : Tab.values()) {
      each.add("tab = " + tab.number());
    }
    for (Priority priority : Priority.values()) {
      each.add("tab = " + Tab.TO_CHECK.number() + " AND priority = " + priority.number());
    }
    each.add("second_look > 0");
    List<Integer> counted = new IncidentListQuery(filter).counts(db, each, MOST);
    Map<Tab, Integer> tabs = new EnumMap<>(Tab.class);
    Map<Priority, Integer> toCheck = new EnumMap<>(Priority.class);
    int next = 0;
    for (Tab tab : Tab.values()) {
      tabs.put(tab, counted.get(next++));
    }
    for (Priority priority : Priority.values()) {
      toCheck.put(priority, counted.get(next++));
    }
    return new IncidentCounts(tabs, toCheck, counted.get(next));
  }
}
