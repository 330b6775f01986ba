package io.kydai.analytics.rules.crossing;

import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.counting.FrameSamples;
import io.kydai.analytics.rules.counting.LineCounts;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.counting.Sample;
import io.kydai.analytics.rules.counting.TimeBuckets;
import io.kydai.analytics.rules.memory.LineCrossings;
import io.kydai.analytics.rules.memory.RecentCrossings;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Direction;
import io.kydai.analytics.scene.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code line-count}: the rule counts how many objects of each class cross a line, each way. It
 * raises no alerts. An object that crossed as a person and turns out to ride is counted as what is
 * ridden, as {@link RecentCrossings} remembers it.
 *
 * <p>Keeps the newest {@value Pieces#MOST} pieces of five minutes, which is a day, beside the sums
 * since the analysis began; older ones are dropped.
 */
public final class LineCountRule implements Rule {
  public static final RuleType TYPE =
      RuleType.named("line-count")
          .titled("count", "đếm")
          .asks(
              RuleType.Group.TRAFFIC,
              "how many of each class cross a line, each way? A rider who is seen as a person at"
                  + " the line counts as what is ridden; a side seen for one frame does not count.")
          .counts()
          .line("the line")
          .classes(Set.of())
          .madeBy(
              (settings, alerts) ->
                  new LineCountRule(
                      settings.line("line"), settings.classes(), alerts.origin().rule()));

  private static final String PERSON = "person";
  private static final Set<String> RIDDEN = Set.of("bicycle", "motorcycle");

  private final Line line;
  private final Set<String> classes;
  private final RuleId rule;
  // Counted since the statistics were asked last: of one frame, as they are asked after each.
  private final List<Counted> fresh = new ArrayList<>();
  private final LineCrossings crossings;
  private final RecentCrossings<Direction> persons;
  private final SortedMap<String, LineCounts.Directions> counts = new TreeMap<>();
  private final TimeBuckets<String, LineCounts.Directions> pieces =
      new TimeBuckets<>(TimeBuckets.SHORTEST, LineCounts.Directions::plus);

  private record Counted(String label, Direction direction, int more, Instant when) {}

  private LineCountRule(Line line, Set<String> classes, RuleId rule) {
    this.rule = rule;
    this.line = line;
    this.classes = classes;
    this.crossings = new LineCrossings(line);
    this.persons = new RecentCrossings<>(crossings);
  }

  @Override
  public void observe(Observation observation) {
    Timestamp now = Timestamp.of(observation);
    for (LineCrossings.Crossing crossing : crossings.observe(observation)) {
      count(crossing);
      if (crossing.track().label().equals(PERSON)) {
        persons.add(crossing, crossing.when(), crossing.direction());
      }
    }
    persons.forgetBefore(now);
    for (Track track : observation.tracks()) {
      if (track.seen() && RIDDEN.contains(track.label())) {
        for (RecentCrossings.Recent<Direction> walked : persons.take(track)) {
          count(PERSON, walked.what(), -1, walked.when());
          count(track.label(), walked.what(), 1, walked.when());
        }
      }
    }
  }

  private void count(LineCrossings.Crossing crossing) {
    count(crossing.track().label(), crossing.direction(), 1, crossing.when());
  }

  private void count(String label, Direction direction, int more, Timestamp when) {
    if (classes.isEmpty() || classes.contains(label)) {
      boolean forward = direction == Direction.FORWARD;
      var crossed = new LineCounts.Directions(forward ? more : 0, forward ? 0 : more);
      counts.merge(label, crossed, LineCounts.Directions::plus);
      pieces.add(when.wallClock(), label, crossed);
      fresh.add(new Counted(label, direction, more, when.wallClock()));
    }
  }

  @Override
  public void sample(FrameSamples samples) {
    samples.watched(rule, Sample.Place.LINE, line.id());
    for (Counted one : fresh) {
      samples.crossed(rule, line.id(), one.label(), one.direction(), one.when(), one.more());
    }
    fresh.clear();
  }

  @Override
  public void end() {
    crossings.end().forEach(this::count);
    persons.clear();
  }

  @Override
  public void continueFrom(Rule before) {
    if (before instanceof LineCountRule counted && counted.line.id().equals(line.id())) {
      counts.putAll(counted.counts);
      pieces.addAll(counted.pieces);
    }
  }

  @Override
  public Measurements measurements() {
    return Measurements.of(new LineCounts(line.id(), counts, pieces.list(LineCounts.Piece::new)));
  }
}
