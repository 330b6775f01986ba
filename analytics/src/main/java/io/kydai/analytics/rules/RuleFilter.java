package io.kydai.analytics.rules;

import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.counting.FrameSamples;
import io.kydai.analytics.rules.settings.Schedule;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.scene.Scene;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings that every rule has besides its own: when it runs and which tracks it sees. Scenery
 * is seen only by rules that ask for it. Outside of its schedule a rule sees nothing and what is
 * open closes; it begins anew with the next window.
 */
final class RuleFilter {
  private final Rule rule;
  private final Scene scene;
  private final Schedule schedule;
  private final long minAge;
  private final double minScore;
  private boolean inForce;

  RuleFilter(Rule rule, Scene scene, Schedule schedule, long minAge, double minScore) {
    this.rule = rule;
    this.scene = scene;
    this.schedule = schedule;
    this.minAge = minAge;
    this.minScore = minScore;
  }

  Rule rule() {
    return rule;
  }

  void look(Frame frame) {
    if (schedule.contains(frame.wallClock())) {
      rule.look(frame);
    }
  }

  void observe(Observation observation) {
    if (asked(observation.wallClock())) {
      rule.observe(admitted(observation));
    }
  }

  void waiting(Timestamp last, Timestamp now) {
    if (asked(now.wallClock())) {
      rule.waiting(last, now);
    }
  }

  /** Adds the frame that was observed last to the statistics, if the rule observed it. */
  void sample(FrameSamples samples) {
    if (inForce) {
      rule.sample(samples);
    }
  }

  private boolean asked(Instant wallClock) {
    boolean contained = schedule.contains(wallClock);
    if (inForce && !contained) {
      rule.end();
    }
    inForce = contained;
    return contained;
  }

  private Observation admitted(Observation all) {
    List<Track> tracks = new ArrayList<>(all.tracks().size());
    for (Track track : all.tracks()) {
      if (all.mediaTime() - track.firstMediaTime() >= minAge
          && track.score() >= minScore
          && (!track.scenery() || rule.seesScenery())
          && !scene.ignores(track.standing())) {
        tracks.add(track);
      }
    }
    return tracks.size() == all.tracks().size() ? all : all.with(tracks);
  }
}
