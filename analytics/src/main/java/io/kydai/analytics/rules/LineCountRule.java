package io.kydai.analytics.rules;

import io.kydai.analytics.Observation;
import io.kydai.analytics.scene.Line;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code line-count}: how many of each class cross a line, each way. Raises no alerts. */
final class LineCountRule implements Rule {
  private final Line line;
  private final Set<String> classes;
  private final LineCrossings crossings;
  private final Map<String, LineCounts.Directions> counts = new TreeMap<>();

  private LineCountRule(Line line, Set<String> classes) {
    this.line = line;
    this.classes = classes;
    this.crossings = new LineCrossings(line);
  }

  static Rule of(Settings settings, AlertSink alerts) {
    return new LineCountRule(settings.line("line"), settings.classes(Set.of()));
  }

  @Override
  public void observe(Observation observation) {
    for (LineCrossings.Crossing crossing : crossings.observe(observation)) {
      String label = crossing.track().label();
      if (classes.isEmpty() || classes.contains(label)) {
        LineCounts.Directions old = counts.getOrDefault(label, new LineCounts.Directions(0, 0));
        boolean forward = crossing.direction() == Direction.FORWARD;
        counts.put(
            label,
            new LineCounts.Directions(
                old.forward() + (forward ? 1 : 0), old.backward() + (forward ? 0 : 1)));
      }
    }
  }

  @Override
  public void end() {}

  @Override
  public Map<String, LineCounts.Directions> counts() {
    return counts;
  }

  @Override
  public String countedLine() {
    return line.id();
  }
}
