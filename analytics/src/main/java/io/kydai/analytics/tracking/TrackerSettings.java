package io.kydai.analytics.tracking;

import java.time.Duration;

/**
 * What {@link ByteTracker} asks of detections and time.
 *
 * @param highScore detections from here on are associated first, 0..1
 * @param lowScore detections from here to {@code highScore} only keep a known track alive; those
 *     below are not looked at
 * @param startScores an unmatched detection from here on begins a track, by class; where that is
 *     below {@code highScore}, such detections also support a track that is still new
 * @param confirmHits detections that a new track needs, one after the other, before it is shown; 1
 *     or more
 * @param keepLost how long a track without detections may be found again, media time
 * @param showPredicted how long a track without detections is still shown, with {@code seen=false}
 */
public record TrackerSettings(
    float highScore,
    float lowScore,
    StartScores startScores,
    int confirmHits,
    Duration keepLost,
    Duration showPredicted) {
  /** For NanoDet's scores; measured as {@code docs/reports/accuracy.md} describes. */
  public static final TrackerSettings DEFAULT =
      new TrackerSettings(
          0.45f,
          0.2f,
          new StartScores(0.5f, 0.4f, 0.45f, 0.5f),
          2,
          Duration.ofSeconds(3),
          Duration.ofMillis(300));

  /**
   * @throws IllegalArgumentException when the scores are out of order or a duration is negative
   */
  public TrackerSettings {
    if (!(lowScore >= 0 && lowScore <= highScore && highScore <= 1)) {
      throw new IllegalArgumentException("scores must be ordered: 0 <= low <= high <= 1");
    }
    if (startScores.lowest() < lowScore) {
      throw new IllegalArgumentException("no start score may be below lowScore");
    }
    if (confirmHits < 1) {
      throw new IllegalArgumentException("confirmHits must be 1 or more");
    }
    if (keepLost.isNegative() || showPredicted.isNegative()) {
      throw new IllegalArgumentException("durations must not be negative");
    }
  }

  /** The lowest score of a detection that supports a track that is not shown yet. */
  float supportScore(ObjectClass kind) {
    return Math.min(highScore, startScores.of(kind));
  }
}
