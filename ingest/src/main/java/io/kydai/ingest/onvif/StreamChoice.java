package io.kydai.ingest.onvif;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which of a camera's streams are for people and for analytics.
 *
 * @param main the largest in H.264 or H.265, else the largest; empty when there is no video at all
 * @param sub the smallest of 320 to 1,280 pixels of width that is smaller than the main stream;
 *     empty when there is none
 */
public record StreamChoice(Optional<MediaProfile> main, Optional<MediaProfile> sub) {
  private static final int LEAST_WIDTH = 320;
  private static final int MOST_WIDTH = 1280;

  /** The first of several alike is taken: it is mostly the one that people use. */
  public static StreamChoice of(List<MediaProfile> profiles) {
    List<MediaProfile> videos =
        profiles.stream().filter(profile -> profile.encoding().isPresent()).toList();
    List<MediaProfile> modern = videos.stream().filter(StreamChoice::isModern).toList();
    List<MediaProfile> choice = modern.isEmpty() ? videos : modern;
    Optional<MediaProfile> main =
        choice.stream()
            .max(
                Comparator.comparingLong(MediaProfile::pixels)
                    .thenComparing(Comparator.comparingInt(choice::indexOf).reversed()));
    Optional<MediaProfile> sub =
        main.flatMap(
            large ->
                choice.stream()
                    .filter(one -> one.width() >= LEAST_WIDTH && one.width() <= MOST_WIDTH)
                    .filter(one -> one.pixels() < large.pixels())
                    .min(Comparator.comparingLong(MediaProfile::pixels)));
    return new StreamChoice(main, sub);
  }

  private static boolean isModern(MediaProfile profile) {
    return profile.encoding().map(name -> name.equals("H264") || name.equals("H265")).orElse(false);
  }
}
