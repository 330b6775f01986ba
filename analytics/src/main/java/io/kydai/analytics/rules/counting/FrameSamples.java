package io.kydai.analytics.rules.counting;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.scene.Direction;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;

/** Receives the statistics of one frame from the rules, and makes {@link Sample}s of them. */
public final class FrameSamples {
  private static final double MILLIMETRES = 1000;
  private static final double SQUARE_CENTIMETRES = 10_000;

  private final Instant at;
  private final long elapsed;
  private final Consumer<Sample> samples;

  /**
   * @param at when the frame was taken
   * @param elapsed the milliseconds that were watched since the frame before; 0 for the first
   * @param samples receives what the rules measured
   */
  public FrameSamples(Instant at, long elapsed, Consumer<Sample> samples) {
    this.at = requireNonNull(at);
    this.elapsed = elapsed;
    this.samples = requireNonNull(samples);
  }

  /** Records that a rule watches a line, or movements, whether anything crosses or not. */
  public void watched(RuleId rule, Sample.Place place, String element) {
    time(series(rule, place, element, Sample.Measure.WATCHED, "", "", 0), 0, 0);
  }

  /**
   * Records crossings of a line.
   *
   * @param more negative where crossings are taken back
   */
  public void crossed(
      RuleId rule, String line, String label, Direction direction, Instant when, int more) {
    String name = direction.name().toLowerCase(Locale.ROOT);
    samples.accept(
        new Sample(
            series(rule, Sample.Place.LINE, line, Sample.Measure.COUNT, label, name, 0),
            when,
            more,
            0,
            0));
  }

  /** Records one object that went from a zone to another. */
  public void turned(RuleId rule, Movements.Turn turn, Instant when) {
    samples.accept(
        new Sample(
            series(
                rule,
                Sample.Place.MOVEMENT,
                turn.origin(),
                Sample.Measure.COUNT,
                turn.label(),
                turn.destination(),
                0),
            when,
            1,
            0,
            0));
  }

  /** Records the speed of one object that went through a zone, in metres per second. */
  public void passed(RuleId rule, String zone, String label, Instant when, double metresPerSecond) {
    long speed = Math.round(metresPerSecond * MILLIMETRES);
    long speedClass = Math.max(0, Math.min(Sample.SPEED_CLASSES - 1, speed / Sample.SPEED_CLASS));
    samples.accept(
        new Sample(
            series(
                rule,
                Sample.Place.ZONE,
                zone,
                Sample.Measure.SPEED,
                label,
                Long.toString(speedClass),
                0),
            when,
            1,
            speed,
            0));
  }

  /** Records that a rule watches a zone. */
  public void watchedZone(RuleId rule, String zone) {
    watched(rule, Sample.Place.ZONE, zone);
  }

  /** Records the occupancies and speeds of zones; lines and movements are not read. */
  public void zones(Measurements measured) {
    measured.occupancies().forEach(this::present);
    measured.speeds().forEach(this::pace);
  }

  private void present(ZoneOccupancy zone) {
    Double area = zone.squareMetres();
    long reference = area == null ? 0 : Math.round(area * SQUARE_CENTIMETRES);
    Sample.Series all =
        series(
            zone.rule(), Sample.Place.ZONE, zone.zone(), Sample.Measure.PRESENT, "", "", reference);
    time(all, zone.objects() * elapsed, zone.objects());
    zone.byClass()
        .forEach(
            (label, objects) ->
                time(
                    series(
                        zone.rule(),
                        Sample.Place.ZONE,
                        zone.zone(),
                        Sample.Measure.PRESENT,
                        label,
                        "",
                        reference),
                    objects * elapsed,
                    objects));
  }

  private void pace(ZoneSpeed zone) {
    Double free = zone.freeMetresPerSecond();
    time(
        series(
            zone.rule(),
            Sample.Place.ZONE,
            zone.zone(),
            Sample.Measure.PACE,
            "",
            "",
            free == null ? 0 : Math.round(free * MILLIMETRES)),
        Math.round(zone.metresPerSecond() * MILLIMETRES * elapsed),
        0);
  }

  private void time(Sample.Series series, long total, long most) {
    if (elapsed > 0) {
      samples.accept(new Sample(series, at, elapsed, total, most));
    }
  }

  private static Sample.Series series(
      RuleId rule,
      Sample.Place place,
      String element,
      Sample.Measure measure,
      String label,
      String direction,
      long reference) {
    return new Sample.Series(rule, place, element, measure, label, direction, reference);
  }
}
