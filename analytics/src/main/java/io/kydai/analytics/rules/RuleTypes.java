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
    TYPES.put("bus-lane", BusLaneRule::of);
    TYPES.put("congestion", CongestionRule::of);
    TYPES.put("crowd-flow", CrowdFlowRule::of);
    TYPES.put("crowding", CrowdingRule::of);
    TYPES.put("gathering", GatheringRule::of);
    TYPES.put("illegal-parking", IllegalParkingRule::of);
    TYPES.put("incident", IncidentRule::of);
    TYPES.put("intrusion", IntrusionRule::of);
    TYPES.put("lane-violation", LaneViolationRule::of);
    TYPES.put("line-count", LineCountRule::of);
    TYPES.put("loitering", LoiteringRule::of);
    TYPES.put("no-entry", NoEntryRule::of);
    TYPES.put("pavement-encroachment", PavementEncroachmentRule::of);
    TYPES.put("plate-watch", PlateWatchRule::of);
    TYPES.put("queue-length", QueueLengthRule::of);
    TYPES.put("red-light", RedLightRule::of);
    TYPES.put("running", RunningRule::of);
    TYPES.put("signal-lost", SignalLostRule::of);
    TYPES.put("speeding", SpeedingRule::of);
    TYPES.put("stopped", StoppedRule::of);
    TYPES.put("tamper", TamperRule::of);
    TYPES.put("turning-movements", TurningMovementsRule::of);
    TYPES.put("wrong-way", WrongWayRule::of);
  }

  private RuleTypes() {}

  static SortedMap<String, BiFunction<Settings, AlertSink, Rule>> all() {
    return Collections.unmodifiableSortedMap(TYPES);
  }
}
