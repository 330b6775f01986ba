package io.kydai.analytics.plates;

import io.kydai.analytics.alert.Plate;
import io.kydai.analytics.alert.PlatePicture;
import io.kydai.ingest.media.MediaTime;
import io.kydai.models.plates.PlateFormat;
import io.kydai.models.plates.PlateReading;
import io.kydai.models.plates.PlateVote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one vehicle's plate: the best crops that nobody has read yet, and what the
 * readings came to. Guarded by {@link Vehicles}.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><th>what</th><th>bound</th><th>beyond it</th></tr>
 * <tr><td>crops</td><td>{@value #MAX_CROPS}, at least a fifth of a second apart</td>
 *     <td>one that is clearly better takes the place of the worst; another is not cut</td></tr>
 * <tr><td>the picture of the plate</td><td>one, of 300,000 bytes</td>
 *     <td>every second, third… pixel is left out</td></tr>
 * <tr><td>readings</td><td>{@value #MAX_READINGS}; none but of better crops after six on which
 *     nothing was found</td><td>no more is cut</td></tr>
 * </table>
 */
final class Vehicle {
  static final int MAX_CROPS = 3;
  static final int MAX_READINGS = 12;

  /** Fewer frames that agree are flicker. */
  static final int MIN_VOTES = 2;

  private static final long APART = MediaTime.ticksOfMillis(200);
  private static final double CLEARLY_BETTER = 1.2;
  private static final int ENOUGH_VOTES = 4;
  private static final double ENOUGH_CONFIDENCE = 0.9;
  private static final int PATIENCE = 6;

  private final long track;
  private final PlateSettings settings;
  private final PlateVote vote;
  private @Nullable Best best;
  private final List<Crop> crops = new ArrayList<>(); // the best first
  private double bestRead;
  private int taken;
  private int frames;
  boolean wanted;
  boolean beingRead;
  long seenAt;

  /** The reading, of those that say what the vote says, with the most probability. */
  private record Best(String text, double probability, PlatePicture picture) {}

  Vehicle(long track, PlateSettings settings) {
    this.track = track;
    this.settings = settings;
    this.vote = new PlateVote(settings.format());
  }

  /** Returns whether a crop of that worth would be kept. */
  boolean takes(double worth, long mediaTime) {
    boolean inVain = taken >= PATIENCE && vote.result().isEmpty();
    if (taken >= MAX_READINGS || settled() || (inVain && worth <= bestRead)) {
      return false;
    }
    return rival(mediaTime).map(crop -> worth > CLEARLY_BETTER * crop.worth()).orElse(true);
  }

  /** The crop in whose place another would come: one of nearly that moment, or else the worst. */
  private Optional<Crop> rival(long mediaTime) {
    Optional<Crop> near =
        crops.stream().filter(crop -> Math.abs(mediaTime - crop.mediaTime()) < APART).findFirst();
    return near.isPresent() || crops.size() < MAX_CROPS
        ? near
        : Optional.of(crops.get(crops.size() - 1));
  }

  /** Keeps a crop for which {@link #takes} was true. */
  void add(Crop crop) {
    rival(crop.mediaTime()).ifPresent(crops::remove);
    crops.add(crop);
    crops.sort(Comparator.comparingDouble(each -> -each.worth()));
  }

  boolean hasUnread() {
    return !crops.isEmpty() && taken < MAX_READINGS && !settled();
  }

  /** The best crop, to be read; it is not kept any more. */
  Crop take() {
    Crop best = crops.remove(0);
    taken++;
    bestRead = Math.max(bestRead, best.worth());
    return best;
  }

  /** Gives up the worst crop. */
  Optional<Crop> giveUp() {
    return crops.isEmpty() ? Optional.empty() : Optional.of(crops.remove(crops.size() - 1));
  }

  long bytes() {
    return crops.stream().mapToLong(crop -> crop.bgr().length).sum();
  }

  /** Takes what was read on a crop. */
  void read(Crop crop, List<PlateReading> readings) {
    frames++;
    readings.stream()
        .filter(crop::mayHavePlateAt)
        .filter(this::looksLikePlate)
        .findFirst() // the most probable
        .ifPresent(reading -> count(reading, crop));
  }

  private void count(PlateReading reading, Crop crop) {
    vote.add(reading);
    String text =
        Optional.ofNullable(settings.format())
            .flatMap(format -> format.fit(reading.text()))
            .map(PlateFormat.Fit::text)
            .orElse(reading.text());
    String winner = vote.result().map(PlateVote.Result::text).orElse("");
    boolean better =
        known(text).map(known -> reading.probability() > known.probability()).orElse(true);
    if (text.equals(winner) && better) {
      best = new Best(text, reading.probability(), crop.around(reading, track));
    }
  }

  /** Where the plate was read best. */
  Optional<PlatePicture> picture() {
    return plate().flatMap(plate -> known(plate.text())).map(Best::picture);
  }

  /** The best reading, where it says this text. */
  private Optional<Best> known(String text) {
    return Optional.ofNullable(best).filter(known -> known.text().equals(text));
  }

  private boolean looksLikePlate(PlateReading reading) {
    String text = reading.text();
    return Optional.ofNullable(settings.format())
        .map(format -> format.fit(text).isPresent())
        .orElseGet(
            () ->
                text.length() >= 5
                    && text.length() <= 10
                    && text.chars().anyMatch(Character::isDigit)
                    && text.chars().anyMatch(Character::isLetter));
  }

  private @Nullable String country() {
    PlateFormat format = settings.format();
    return format == null ? null : format.country();
  }

  /** Returns whether more readings would add nothing. */
  private boolean settled() {
    return vote.result()
        .map(
            result ->
                result.votes() >= ENOUGH_VOTES
                    && result.confidence() >= Math.max(ENOUGH_CONFIDENCE, settings.minConfidence()))
        .orElse(false);
  }

  /** The plate, where enough frames agree with enough confidence. */
  Optional<Plate> plate() {
    return vote.result()
        .filter(
            result ->
                result.fits()
                    && result.votes() >= MIN_VOTES
                    && result.confidence() >= settings.minConfidence())
        .map(
            result ->
                new Plate(
                    track, result.text(), result.confidence(), result.votes(), frames, country()));
  }
}
