package io.kydai.streaming.recording.retention;

import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.index.RecordedDay;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * When the recordings will have no room, if each camera goes on as in the last 24 hours and what is
 * too old is deleted in time.
 *
 * <p>Each day brings a camera's rate and takes what becomes too old: first what was recorded day by
 * day, then what is being recorded now. Holds keep some of it, and so it is a little early to be
 * right.
 */
public final class RecordingForecast {
  static final int MOST_DAYS = 400;

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration SHORTEST = Duration.ofMinutes(10);

  private final Map<CameraId, Camera> cameras = new HashMap<>();
  private final boolean isKnown;

  private static final class Camera {
    final Map<Long, Long> bytesByAge = new HashMap<>();
    long rate;
    long keepDays;
  }

  /**
   * @param days what was recorded, of each camera each day once
   * @param keep how long a camera's recordings are kept
   */
  public RecordingForecast(List<RecordedDay> days, Function<CameraId, Duration> keep, Instant now) {
    Instant first = days.stream().map(RecordedDay::first).min(Instant::compareTo).orElse(now);
    Duration measured = Duration.between(first, now);
    isKnown = measured.compareTo(SHORTEST) >= 0;
    double share = Math.min(1, (double) measured.toMillis() / DAY.toMillis());
    for (RecordedDay day : days) {
      Camera camera = cameras.computeIfAbsent(day.camera(), id -> new Camera());
      camera.bytesByAge.merge(day.age(), day.bytes(), Long::sum);
      camera.keepDays = Math.max(1, keep.apply(day.camera()).toDays());
      if (day.age() == 0 && isKnown) {
        camera.rate = Math.round(day.bytes() / share);
      }
    }
  }

  /** The bytes that all cameras record in a day; empty where too little was recorded to say. */
  public OptionalLong bytesPerDay() {
    return isKnown
        ? OptionalLong.of(cameras.values().stream().mapToLong(camera -> camera.rate).sum())
        : OptionalLong.empty();
  }

  /**
   * Returns after how many days there is no room; empty where that is not known, or not within
   * {@value #MOST_DAYS} days.
   *
   * @param room what can be recorded without deleting anything, in bytes
   */
  public OptionalDouble fullInDays(long room) {
    if (!isKnown) {
      return OptionalDouble.empty();
    }
    double left = room;
    for (int day = 0; day < MOST_DAYS; day++) {
      double growth = growth(day);
      if (left <= 0) {
        return OptionalDouble.of(day);
      }
      if (growth >= left) {
        return OptionalDouble.of(day + left / growth);
      }
      left -= growth;
    }
    return OptionalDouble.empty();
  }

  /** How many bytes more there are at the end of a day than at its beginning. */
  private double growth(long day) {
    double growth = 0;
    for (Camera camera : cameras.values()) {
      long age = camera.keepDays - 1 - day;
      long expires = age >= 0 ? camera.bytesByAge.getOrDefault(age, 0L) : camera.rate;
      growth += camera.rate - (double) expires;
    }
    return growth;
  }
}
