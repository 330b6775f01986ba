package io.kydai.analytics.events;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.models.detection.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Alerts of one rule that tell of the same object, found without labels: they name one track; or
 * objects of theirs lie on each other on one picture; or one begins, within ten seconds, on the
 * very place where the other's object was last seen. The last may also be somebody who takes the
 * place that became free, so each such pair is for a person to look at.
 */
record Doubles(Replay found) {
  private static final float SAME_PLACE = 0.5f;
  private static final long SOON = 10 * 90_000;

  /** A pair in words, as {@code a3 and a7 name one track}. */
  List<String> of(String rule) {
    List<Alert> alerts = found.closed(rule);
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < alerts.size(); i++) {
      for (int j = i + 1; j < alerts.size(); j++) {
        Alert one = alerts.get(i);
        Alert other = alerts.get(j);
        Alert first = start(one) <= start(other) ? one : other;
        Alert second = first == one ? other : one;
        why(first, second)
            .ifPresent(why -> pairs.add("%s and %s %s".formatted(text(first), text(second), why)));
      }
    }
    return pairs;
  }

  private static String text(Alert alert) {
    return "%s (%.1f–%.1f s)"
        .formatted(
            alert.id(),
            alert.span().start().mediaTime().toSeconds(),
            alert.span().end().mediaTime().toSeconds());
  }

  private Optional<String> why(Alert first, Alert second) {
    if (first.participants().tracks().stream().anyMatch(second.participants().tracks()::contains)) {
      return Optional.of("name one track");
    }
    Optional<Box> last = Optional.empty();
    Optional<Box> next = Optional.empty();
    for (Observation observation : found.observations()) {
      Optional<Box> one = seen(first, observation);
      Optional<Box> other = seen(second, observation);
      if (one.isPresent() && other.isPresent() && one.get().iou(other.get()) >= SAME_PLACE) {
        return Optional.of("lie on each other at %.1f s".formatted(seconds(observation)));
      }
      last = one.isPresent() ? one : last;
      next = next.isPresent() ? next : other;
    }
    boolean soon = start(second) > end(first) && start(second) - end(first) <= SOON;
    return soon && last.isPresent() && next.isPresent() && last.get().iou(next.get()) >= SAME_PLACE
        ? Optional.of("begin and end on one place")
        : Optional.empty();
  }

  private static double seconds(Observation observation) {
    return observation.mediaTime() / 90_000.0;
  }

  /** Where an alert's object is on a picture within its time. */
  private static Optional<Box> seen(Alert alert, Observation observation) {
    return observation.mediaTime() < start(alert) || observation.mediaTime() > end(alert)
        ? Optional.empty()
        : observation.tracks().stream()
            .filter(track -> track.seen() && alert.participants().tracks().contains(track.id()))
            .map(Track::box)
            .findFirst();
  }

  private static long start(Alert alert) {
    return alert.span().start().mediaTime().ticks();
  }

  private static long end(Alert alert) {
    return alert.span().end().mediaTime().ticks();
  }
}
