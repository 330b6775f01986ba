package io.kydai.analytics.rules.lifecycle;

import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The open alerts of one camera, and when each rule's last one ended. Bounded by what its rules
 * keep open and by the number of rules.
 */
public final class OpenAlerts {
  private final List<AlertLifecycle> open = new ArrayList<>();
  private final Map<RuleId, Timestamp> cooling = new HashMap<>();

  void opened(AlertLifecycle alert) {
    open.add(alert);
  }

  /** Records that an event ended for its rule, whether or not its alert goes on for another. */
  void ended(AlertLifecycle alert) {
    if (alert.sink().coolDown() > 0) {
      cooling.put(alert.sink().origin().rule(), alert.lastHeld());
    }
  }

  void closed(AlertLifecycle alert) {
    open.remove(alert);
  }

  /** Returns whether a rule may open an alert now: the cool-down since its last one has passed. */
  boolean mayOpen(AlertSink sink, Timestamp now) {
    Timestamp last = cooling.get(sink.origin().rule());
    return last == null || now.since(last) >= sink.coolDown();
  }

  /** Returns the open alert of the same type that already reports an event, if there is one. */
  Optional<AlertLifecycle> sameEvent(AlertLifecycle alert) {
    return open.stream().filter(other -> other.isSameEventAs(alert)).findFirst();
  }
}
