package io.kydai.console.activity;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Reads what moved in front of a camera. A request reads the files of the days that its span
 * touches, of up to 8 MiB each, one after another. For many threads.
 */
public final class ActivityReader {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Path folder;

  /**
   * Creates a reader.
   *
   * @param folder of the archive, which need not be there
   */
  public ActivityReader(Path folder) {
    this.folder = requireNonNull(folder);
  }

  /**
   * A step of a time line.
   *
   * @param observed whether the camera was looked at in some of it
   * @param most of each class, how many moved in the ten seconds in which most did
   */
  public record Step(Instant from, boolean observed, Map<ObjectClass, Integer> most) {}

  /**
   * Returns the steps in which a camera was looked at, in their order.
   *
   * @param from a whole multiple of the step since 1970, and so is {@code to}
   * @param step a whole multiple of ten seconds
   * @throws IOException when a file cannot be read
   */
  public List<Step> steps(CameraId camera, Instant from, Instant to, Duration step)
      throws IOException {
    Map<Instant, Map<ObjectClass, Integer>> found = new TreeMap<>();
    for (LocalDate day = ActivityFile.day(from);
        day.atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(to);
        day = day.plusDays(1)) {
      BitSet observed =
          read(
              camera,
              day,
              record -> {
                if (!record.start().isBefore(from) && record.start().isBefore(to)) {
                  found
                      .computeIfAbsent(
                          stepOf(record.start(), step), at -> new EnumMap<>(ObjectClass.class))
                      .merge(record.type(), record.objects(), Math::max);
                }
              });
      addObserved(found, observed, day, from, to, step);
    }
    List<Step> steps = new ArrayList<>(found.size());
    found.forEach((at, most) -> steps.add(new Step(at, true, most)));
    return steps;
  }

  private static void addObserved(
      Map<Instant, Map<ObjectClass, Integer>> found,
      BitSet observed,
      LocalDate day,
      Instant from,
      Instant to,
      Duration step) {
    Instant begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    for (int i = observed.nextSetBit(0); i >= 0; i = observed.nextSetBit(i + 1)) {
      Instant at = begin.plus(ActivityRecord.SPAN.multipliedBy(i));
      if (!at.isBefore(from) && at.isBefore(to)) {
        found.computeIfAbsent(stepOf(at, step), one -> new EnumMap<>(ObjectClass.class));
      }
    }
  }

  private static Instant stepOf(Instant time, Duration step) {
    long seconds = step.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
  }

  private BitSet read(CameraId camera, LocalDate day, Consumer<ActivityRecord> reader)
      throws IOException {
    Path file = ActivityFile.of(folder.resolve(camera.value()), day);
    try {
      return ActivityFile.read(file, reader);
    } catch (NoSuchFileException e) {
      return new BitSet();
    }
  }

  /**
   * A time in which something moved where it was looked for.
   *
   * @param from to ten seconds
   * @param objects how many of the classes moved in the picture, in the ten seconds in which most
   *     did
   */
  public record Moment(Instant from, Instant to, Map<ObjectClass, Integer> objects) {}

  /**
   * What was found.
   *
   * @param moments in the order of time
   * @param searchedTo up to which the span was looked through: its end, or the end of the last
   *     moment where there may be more
   */
  public record Found(List<Moment> moments, Instant searchedTo) {}

  /**
   * Looks for the times in which something moved in a region. Ten seconds that follow one another
   * are one moment, up to ten minutes.
   *
   * @param classes empty for all
   * @param most moments at most
   * @param cancelled is asked before each day; the search ends where it says so, with what it has
   * @throws IOException when a file cannot be read
   */
  public Found search(
      CameraId camera,
      Instant from,
      Instant to,
      CellSet region,
      Set<ObjectClass> classes,
      int most,
      BooleanSupplier cancelled)
      throws IOException {
    List<Moment> moments = new ArrayList<>();
    for (LocalDate day = ActivityFile.day(from);
        day.atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(to);
        day = day.plusDays(1)) {
      if (cancelled.getAsBoolean()) {
        break;
      }
      for (ActivityRecord record : matching(camera, day, from, to, region, classes)) {
        if (!join(moments, record)) {
          if (moments.size() == most) {
            return new Found(moments, moments.get(most - 1).to());
          }
          moments.add(moment(record));
        }
      }
    }
    return new Found(moments, to);
  }

  private List<ActivityRecord> matching(
      CameraId camera,
      LocalDate day,
      Instant from,
      Instant to,
      CellSet region,
      Set<ObjectClass> classes)
      throws IOException {
    List<ActivityRecord> found = new ArrayList<>();
    read(
        camera,
        day,
        record -> {
          Instant end = record.start().plus(ActivityRecord.SPAN);
          if (end.isAfter(from)
              && record.start().isBefore(to)
              && (classes.isEmpty() || classes.contains(record.type()))
              && record.cells().meets(region)) {
            found.add(record);
          }
        });
    found.sort(Comparator.comparing(ActivityRecord::start));
    return found;
  }

  private static Moment moment(ActivityRecord record) {
    Map<ObjectClass, Integer> objects = new EnumMap<>(ObjectClass.class);
    objects.put(record.type(), record.objects());
    return new Moment(record.start(), record.start().plus(ActivityRecord.SPAN), objects);
  }

  /** Adds to the last moment what follows it, or is in it; returns whether it does. */
  private static boolean join(List<Moment> moments, ActivityRecord record) {
    if (moments.isEmpty()) {
      return false;
    }
    Moment last = moments.get(moments.size() - 1);
    Instant end = record.start().plus(ActivityRecord.SPAN);
    if (record.start().isAfter(last.to()) || end.isAfter(last.from().plus(LONGEST))) {
      return false;
    }
    last.objects().merge(record.type(), record.objects(), Math::max);
    moments.set(
        moments.size() - 1,
        new Moment(last.from(), end.isAfter(last.to()) ? end : last.to(), last.objects()));
    return true;
  }
}
