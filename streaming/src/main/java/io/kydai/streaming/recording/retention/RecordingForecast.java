package io.kydai.streaming.recording.retention;

import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.index.RecordedDay;
import io.kydai.streaming.recording.index.RecordedStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * When the recordings will have no room, if each stream goes on as in the last 24 hours, and what
 * is old enough is thinned and deleted in time.
 *
 * <p>Each day brings a stream's rate and takes what becomes too old: first what was recorded day by
 * day, then what is being recorded now. Thinning takes all but the share that it left of the
 * stream's days before, or of all streams' where it has none yet; where nothing was thinned yet,
 * nothing is foreseen of it. Holds keep some, and so it is a little early to be right.
 */
public final class RecordingForecast {
  static final int MOST_DAYS = 400;

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration SHORTEST = Duration.ofMinutes(10);

  private final Map<RecordedStream, Stream> streams = new HashMap<>();
  private final boolean isKnown;

  private static final class Stream {
    final Map<Long, RecordedDay> days = new HashMap<>();
    final long keepDays;
    final long thinDays;
    long rate;
    double leftByThinning = 1;

    Stream(Duration keep, @Nullable Duration thin) {
      keepDays = Math.max(1, keep.toDays());
      thinDays = thin == null ? Long.MAX_VALUE : thin.toDays();
    }

    /**
     * What is left of the days that were thinned, at the rate of today; empty without such days.
     */
    OptionalDouble share() {
      return rate == 0
          ? OptionalDouble.empty()
          : days.values().stream()
              .filter(day -> day.thinned() > 0 && day.thinned() == day.bytes())
              .mapToDouble(day -> Math.min(1, (double) day.thinned() / rate))
              .average();
    }

    /** How many bytes more there are at the end of a day than at its beginning. */
    double growth(long day) {
      return rate - leaves(keepDays - 1 - day) - shrinks(day);
    }

    /**
     * What a day that is of an age today has when it is deleted; of one to come, it is negative.
     */
    private double leaves(long age) {
      double whole = whole(age);
      double thinned = thinned(age);
      return thinDays < keepDays ? whole * leftByThinning + thinned : whole + thinned;
    }

    /** What thinning takes on a day: on the first also what is due already. */
    private double shrinks(long day) {
      if (thinDays >= keepDays) {
        return 0;
      }
      long youngest = thinDays - 1 - day;
      double due = whole(youngest);
      for (long age = youngest + 1; day == 0 && age < keepDays - 1; age++) {
        due += whole(age);
      }
      return due * (1 - leftByThinning);
    }

    private double whole(long age) {
      RecordedDay day = days.get(age);
      return age < 0 ? rate : day == null ? 0 : day.bytes() - day.thinned();
    }

    private double thinned(long age) {
      RecordedDay day = days.get(age);
      return age < 0 || day == null ? 0 : day.thinned();
    }
  }

  /**
   * @param days what was recorded, of each stream each day once
   * @param ages what becomes of a camera's recordings
   */
  public RecordingForecast(
      List<RecordedDay> days, Function<CameraId, RetentionAges> ages, Instant now) {
    Instant first = days.stream().map(RecordedDay::first).min(Instant::compareTo).orElse(now);
    Duration measured = Duration.between(first, now);
    isKnown = measured.compareTo(SHORTEST) >= 0;
    double share = Math.min(1, (double) measured.toMillis() / DAY.toMillis());
    for (RecordedDay day : days) {
      RetentionAges its = ages.apply(day.camera());
      Stream stream =
          streams.computeIfAbsent(
              new RecordedStream(day.camera(), day.stream()),
              id -> new Stream(its.keep(id.role()), its.thin()));
      stream.days.put(day.age(), day);
      if (day.age() == 0 && isKnown) {
        stream.rate = Math.round(day.bytes() / share);
      }
    }
    double usual =
        streams.values().stream()
            .flatMapToDouble(stream -> stream.share().stream())
            .average()
            .orElse(1);
    streams.values().forEach(stream -> stream.leftByThinning = stream.share().orElse(usual));
  }

  /** The bytes that all cameras record in a day; empty where too little was recorded to say. */
  public OptionalLong bytesPerDay() {
    return isKnown
        ? OptionalLong.of(streams.values().stream().mapToLong(stream -> stream.rate).sum())
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

  private double growth(long day) {
    return streams.values().stream().mapToDouble(stream -> stream.growth(day)).sum();
  }
}
