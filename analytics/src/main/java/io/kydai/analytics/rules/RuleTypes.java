package io.kydai.analytics.rules;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Every type of rule that there is: to add one, write its class and add its line here. */
final class RuleTypes {
  private static final SortedMap<String, BiFunction<Settings, AlertSink, Rule>> TYPES =
      new TreeMap<>();

  static {
    TYPES.put("crowding", CrowdingRule::of);
    TYPES.put("intrusion", IntrusionRule::of);
    TYPES.put("line-count", LineCountRule::of);
    TYPES.put("stopped", StoppedRule::of);
    TYPES.put("wrong-way", WrongWayRule::of);
  }

  private RuleTypes() {}

  static SortedMap<String, BiFunction<Settings, AlertSink, Rule>> all() {
    return Collections.unmodifiableSortedMap(TYPES);
  }
}
