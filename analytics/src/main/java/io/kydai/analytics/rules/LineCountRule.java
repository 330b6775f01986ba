package io.kydai.analytics.rules;

import io.kydai.analytics.Observation;
import io.kydai.analytics.Track;
import io.kydai.analytics.scene.Line;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code line-count}: how many of each class cross a line, each way. Raises no alerts.
 *
 * <p>A rider from behind is a person until the machine is seen. So who crossed as a person and
 * turns out to ride within five seconds is counted as what is ridden. At most {@value #MAX_RECENT}
 * such crossings are remembered; beyond that the oldest stays a person.
 */
final class LineCountRule implements Rule {
  static final int MAX_RECENT = 100;

  private static final long TURNS_OUT = Moment.seconds(5);
  private static final String PERSON = "person";
  private static final Set<String> RIDDEN = Set.of("bicycle", "motorcycle");

  private final Line line;
  private final Set<String> classes;
  private final LineCrossings crossings;
  private final Map<String, LineCounts.Directions> counts = new TreeMap<>();
  private final Deque<Recent> persons = new ArrayDeque<>();

  private record Recent(LineCrossings.Crossing crossing, Moment when) {}

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
    Moment now = Moment.of(observation);
    for (LineCrossings.Crossing crossing : crossings.observe(observation)) {
      String label = crossing.track().label();
      count(label, crossing.direction(), 1);
      if (label.equals(PERSON)) {
        if (persons.size() == MAX_RECENT) {
          persons.removeFirst();
        }
        persons.add(new Recent(crossing, now));
      }
    }
    persons.removeIf(recent -> now.since(recent.when()) > TURNS_OUT);
    for (Track track : observation.tracks()) {
      if (track.seen() && RIDDEN.contains(track.label())) {
        persons.removeIf(recent -> turnedOut(recent.crossing(), track));
      }
    }
  }

  private boolean turnedOut(LineCrossings.Crossing crossing, Track track) {
    if (!crossings.isOn(track, crossing.path())) {
      return false;
    }
    count(PERSON, crossing.direction(), -1);
    count(track.label(), crossing.direction(), 1);
    return true;
  }

  private void count(String label, Direction direction, int more) {
    if (classes.isEmpty() || classes.contains(label)) {
      LineCounts.Directions old = counts.getOrDefault(label, new LineCounts.Directions(0, 0));
      boolean forward = direction == Direction.FORWARD;
      LineCounts.Directions sum =
          new LineCounts.Directions(
              old.forward() + (forward ? more : 0), old.backward() + (forward ? 0 : more));
      if (sum.forward() == 0 && sum.backward() == 0) {
        counts.remove(label);
      } else {
        counts.put(label, sum);
      }
    }
  }

  @Override
  public void end() {
    persons.clear();
  }

  @Override
  public Map<String, LineCounts.Directions> counts() {
    return counts;
  }

  @Override
  public String countedLine() {
    return line.id();
  }
}
