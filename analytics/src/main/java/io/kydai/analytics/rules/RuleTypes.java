package io.kydai.analytics.rules;

import io.kydai.analytics.rules.camera.PlateWatchRule;
import io.kydai.analytics.rules.camera.SignalLostRule;
import io.kydai.analytics.rules.camera.TamperRule;
import io.kydai.analytics.rules.crossing.ForbiddenCrossings;
import io.kydai.analytics.rules.crossing.LineCountRule;
import io.kydai.analytics.rules.crossing.RedLightRule;
import io.kydai.analytics.rules.crossing.TurningMovementsRule;
import io.kydai.analytics.rules.movement.CongestionRule;
import io.kydai.analytics.rules.movement.IncidentRule;
import io.kydai.analytics.rules.movement.QueueLengthRule;
import io.kydai.analytics.rules.movement.SpeedLimit;
import io.kydai.analytics.rules.movement.StoppedRule;
import io.kydai.analytics.rules.presence.CrowdFlowRule;
import io.kydai.analytics.rules.presence.CrowdingRule;
import io.kydai.analytics.rules.presence.Dwell;
import io.kydai.analytics.rules.presence.GatheringRule;
import io.kydai.analytics.rules.presence.IntrusionRule;
import io.kydai.analytics.rules.type.RuleType;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every type of rule that there is: to add one, write its class and add its line here. */
public final class RuleTypes {
  private static final SortedMap<String, RuleType> TYPES =
      byName(
          List.of(
              CongestionRule.TYPE,
              CrowdFlowRule.TYPE,
              CrowdingRule.TYPE,
              Dwell.BUS_LANE,
              Dwell.LOITERING,
              Dwell.NO_ENTRY,
              Dwell.PAVEMENT_ENCROACHMENT,
              GatheringRule.TYPE,
              SpeedLimit.RUNNING,
              SpeedLimit.SPEEDING,
              IncidentRule.TYPE,
              IntrusionRule.TYPE,
              LineCountRule.TYPE,
              ForbiddenCrossings.LANE_VIOLATION,
              ForbiddenCrossings.WRONG_WAY,
              PlateWatchRule.TYPE,
              QueueLengthRule.TYPE,
              RedLightRule.TYPE,
              SignalLostRule.TYPE,
              StoppedRule.ILLEGAL_PARKING,
              StoppedRule.STOPPED,
              TamperRule.TYPE,
              TurningMovementsRule.TYPE));

  private RuleTypes() {}

  /** The types by their names, in the order of the names; it cannot be changed. */
  public static SortedMap<String, RuleType> all() {
    return TYPES;
  }

  /**
   * Returns whether the number plates of those who take part belong on a type's alerts.
   *
   * @param type a type's name; false for a name that no type has
   */
  public static boolean wantsPlates(String type) {
    RuleType known = TYPES.get(type);
    return known != null && known.wantsPlates();
  }

  /**
   * Returns whether what a type finds is a fault of the camera itself, and nothing that happened in
   * front of it.
   *
   * @param type a type's name; false for a name that no type has
   */
  public static boolean isOfCamera(String type) {
    RuleType known = TYPES.get(type);
    return known != null && known.group() == RuleType.Group.CAMERA;
  }

  /**
   * Returns whether a type of rule needs something besides a camera.
   *
   * @param type a type's name; false for a name that no type has
   */
  public static boolean needs(String type, RuleType.Need need) {
    RuleType known = TYPES.get(type);
    return known != null && known.needs().contains(need);
  }

  /**
   * @throws IllegalArgumentException when two types have one name
   */
  static SortedMap<String, RuleType> byName(Collection<RuleType> types) {
    SortedMap<String, RuleType> named = new TreeMap<>();
    for (RuleType type : types) {
      if (named.put(type.name(), type) != null) {
        throw new IllegalArgumentException("two types of rules are called " + type.name());
      }
    }
    return Collections.unmodifiableSortedMap(named);
  }
}
