package io.kydai.analytics.rules;

import io.kydai.analytics.Observation;
import io.kydai.analytics.Track;
import io.kydai.analytics.scene.Line;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code line-count}: how many of each class cross a line, each way. Raises no alerts.
 *
 * <p>A rider from behind is a person until the machine is seen. So who crossed as a person and
 * turns out to ride within five seconds is counted as what is ridden. At most {@value #MAX_RECENT}
 * such crossings are remembered; beyond that the oldest stays a person.
 *
 * <p>Keeps the newest {@value Pieces#MOST} pieces of five minutes, which is a day, beside the sums
 * since the analysis began; older ones are dropped.
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
  private final TreeMap<Long, Map<String, LineCounts.Directions>> pieces = new TreeMap<>();
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
      count(label, crossing.direction(), 1, now);
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
        persons.removeIf(recent -> turnedOut(recent, track));
      }
    }
  }

  private boolean turnedOut(Recent recent, Track track) {
    if (!crossings.isOn(track, recent.crossing().path())) {
      return false;
    }
    count(PERSON, recent.crossing().direction(), -1, recent.when());
    count(track.label(), recent.crossing().direction(), 1, recent.when());
    return true;
  }

  private void count(String label, Direction direction, int more, Moment when) {
    if (classes.isEmpty() || classes.contains(label)) {
      boolean forward = direction == Direction.FORWARD;
      var crossed = new LineCounts.Directions(forward ? more : 0, forward ? 0 : more);
      add(counts, label, crossed);
      add(
          pieces.computeIfAbsent(Pieces.of(when.wallClock()), begin -> new TreeMap<>()),
          label,
          crossed);
      if (pieces.size() > Pieces.MOST) {
        pieces.pollFirstEntry();
      }
    }
  }

  private static void add(
      Map<String, LineCounts.Directions> sums, String label, LineCounts.Directions crossed) {
    LineCounts.Directions sum =
        sums.getOrDefault(label, new LineCounts.Directions(0, 0)).plus(crossed);
    if (sum.isNone()) {
      sums.remove(label);
    } else {
      sums.put(label, sum);
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
  public List<LineCounts.Piece> pieces() {
    List<LineCounts.Piece> all = new ArrayList<>();
    pieces.forEach(
        (begin, byClass) ->
            byClass.forEach(
                (label, crossed) ->
                    all.add(new LineCounts.Piece(Instant.ofEpochSecond(begin), label, crossed))));
    return all;
  }

  @Override
  public String countedLine() {
    return line.id();
  }
}
