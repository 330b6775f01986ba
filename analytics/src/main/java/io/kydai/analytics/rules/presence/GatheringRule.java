package io.kydai.analytics.rules.presence;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.lifecycle.ReasonText;
import io.kydai.analytics.rules.memory.SustainedCondition;
import io.kydai.analytics.rules.memory.TrackHandover;
import io.kydai.analytics.rules.settings.CocoClasses;
import io.kydai.analytics.rules.settings.Settings;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Calibration;
import io.kydai.analytics.scene.GroundPoint;
import io.kydai.analytics.scene.Zone;
import io.kydai.ingest.media.MediaTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code gathering}: a group of people stays together, wherever in the zone it stands or goes. Two
 * belong together when they are less than so many metres apart, or linked by others who are. A
 * group goes on with the cluster that shares most of its members, half of the smaller of both at
 * least; so two that become one are one alert. Without a calibration, metres are estimated from the
 * heights of the two (1.7 m), which holds where they stand about equally far away.
 *
 * <p>At most {@value #MAX_GROUPS} groups at once; further ones wait until one has ended.
 */
public final class GatheringRule implements Rule {
  public static final RuleType TYPE =
      RuleType.named("gathering")
          .titled("gathering", "tụ tập nhóm")
          .asks(RuleType.Group.PEOPLE, "does a group stay together, wherever it goes?")
          .zone("where")
          .integer("people", 2, 1000, 5, "at least so many in the group")
          .number("radius", 0.5, 20, 2, "metres", "how far one is from the next at most")
          .duration("for", Duration.ofMinutes(1), "how long it lasts before it is reported")
          .classes(CocoClasses.PERSON)
          .madeBy(GatheringRule::new);

  static final int MAX_GROUPS = 50;

  private static final long KEEP = MediaTime.ticksOfSeconds(30);
  private static final double PERSON = 1.7;
  private static final double GOES_ON = 0.7;
  private static final Duration CLEAR = Duration.ofSeconds(10);

  private final Zone zone;
  private final Set<String> classes;
  private final int people;
  private final double radius;
  private final Duration holdFor;
  private final @Nullable Calibration ground;
  private final AlertSink sink;
  private final TrackHandover<Member> followed = new TrackHandover<>(KEEP, KEEP, member -> {});
  private final List<Group> groups = new ArrayList<>();

  /** Somebody, under whatever id. */
  private static final class Member {
    private Track track;

    Member(Track first) {
      track = first;
    }
  }

  private static final class Group {
    private final SustainedCondition condition;
    private Set<Member> members = Set.of();

    Group(SustainedCondition condition) {
      this.condition = condition;
    }

    int shares(Set<Member> cluster) {
      int shared = 0;
      for (Member member : cluster) {
        shared += members.contains(member) ? 1 : 0;
      }
      return 2 * shared >= Math.min(members.size(), cluster.size()) ? shared : 0;
    }
  }

  private GatheringRule(Settings settings, AlertSink sink) {
    zone = settings.zone("zone");
    classes = settings.classes();
    people = settings.integer("people");
    radius = settings.decimal("radius");
    holdFor = settings.duration("for");
    ground = settings.calibration().orElse(null);
    this.sink = sink;
  }

  @Override
  public void observe(Observation observation) {
    List<Member> present = new ArrayList<>();
    for (var one : followed.observe(observation, Member::new)) {
      Track track = one.track();
      if (classes.contains(track.label()) && zone.contains(track.standing())) {
        one.state().track = track;
        present.add(one.state());
      }
    }
    Timestamp now = Timestamp.of(observation);
    double shape = observation.width() / (double) observation.height();
    List<Set<Member>> clusters = clusters(present, shape);
    clusters.sort(Comparator.comparingInt((Set<Member> cluster) -> -cluster.size()));
    List<Group> waiting = new ArrayList<>(groups);
    for (Set<Member> cluster : clusters) {
      Optional<Group> group =
          waiting.stream()
              .filter(candidate -> candidate.shares(cluster) > 0)
              .max(Comparator.comparingInt(candidate -> candidate.shares(cluster)));
      if (group.isEmpty() && cluster.size() >= people && groups.size() < MAX_GROUPS) {
        group = Optional.of(new Group(new SustainedCondition(sink, holdFor, CLEAR)));
        groups.add(group.get());
      }
      if (group.isPresent()) {
        waiting.remove(group.get());
        group.get().members = cluster;
        ask(group.get(), now, cluster);
      }
    }
    waiting.forEach(group -> ask(group, now, Set.of()));
    groups.removeIf(group -> !group.condition.active());
  }

  @Override
  public void end() {
    groups.forEach(group -> group.condition.end());
    groups.clear();
    followed.clear();
  }

  private void ask(Group group, Timestamp now, Set<Member> cluster) {
    group.condition.observe(
        now,
        cluster.size(),
        people,
        Math.max(2, people * GOES_ON),
        cluster.stream().map(member -> member.track).toList(),
        (peak, seconds) ->
            new SustainedCondition.Description(
                Math.round(peak)
                    + " "
                    + ReasonText.many(classes)
                    + " together in zone "
                    + zone.id()
                    + ReasonText.forSeconds(seconds)
                    + " (limit: "
                    + people
                    + " for "
                    + ReasonText.seconds(holdFor)
                    + " s)",
                Map.of("people", peak, "threshold", (double) people, "seconds", seconds)));
  }

  private List<Set<Member>> clusters(List<Member> present, double shape) {
    List<Set<Member>> clusters = new ArrayList<>();
    for (Member member : present) {
      Set<Member> own = new LinkedHashSet<>(); // in the order of the tracks
      clusters.removeIf(
          cluster -> {
            boolean linked =
                cluster.stream()
                    .anyMatch(other -> distance(member.track, other.track, shape) <= radius);
            if (linked) {
              own.addAll(cluster);
            }
            return linked;
          });
      own.add(member);
      clusters.add(own);
    }
    return clusters;
  }

  private double distance(Track one, Track other, double shape) {
    if (ground != null) {
      Optional<GroundPoint> a = ground.toGround(one.standing());
      Optional<GroundPoint> b = ground.toGround(other.standing());
      return a.isPresent() && b.isPresent()
          ? a.get().distanceTo(b.get())
          : Double.POSITIVE_INFINITY;
    }
    double height = (one.box().height() + other.box().height()) / 2;
    double dx = (one.standing().x() - other.standing().x()) * shape;
    return Math.hypot(dx, one.standing().y() - other.standing().y()) / height * PERSON;
  }
}
