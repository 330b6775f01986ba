package io.kydai.analytics.rules.lifecycle;

import io.kydai.analytics.observation.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The open alerts of a camera, and when each rule's last one was over. */
public final class OpenAlerts {
  private final List<AlertLifecycle> open = new ArrayList<>();
  private final Map<String, Timestamp> cooling = new HashMap<>();

  void opened(AlertLifecycle happening) {
    open.add(happening);
  }

  /** What one rule told of is over, whether or not its alert goes on for another. */
  void over(AlertLifecycle happening) {
    if (happening.sink().coolDown() > 0) {
      cooling.put(happening.sink().rule(), happening.held());
    }
  }

  void closed(AlertLifecycle happening) {
    open.remove(happening);
  }

  /** Whether a rule may open an alert now; the cool-down counts from where the last one ended. */
  boolean warm(AlertSink sink, Timestamp now) {
    Timestamp last = cooling.get(sink.rule());
    return last == null || now.since(last) >= sink.coolDown();
  }

  /** The alert that already tells of a happening, for another rule of its type. */
  Optional<AlertLifecycle> neighbour(AlertLifecycle happening) {
    return open.stream().filter(other -> other.isAlso(happening)).findFirst();
  }
}
