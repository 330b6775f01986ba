package io.kydai.ingest.onvif;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which of a camera's streams are for people and for analytics.
 *
 * @param main the largest in H.264 or H.265, else the largest; null when there is no video at all
 * @param sub the smallest of 320 to 1,280 pixels of width that is smaller than the main stream;
 *     null when there is none
 */
public record StreamChoice(@Nullable MediaProfile main, @Nullable MediaProfile sub) {
  private static final int LEAST_WIDTH = 320;
  private static final int MOST_WIDTH = 1280;

  /** The first of several alike is taken: it is mostly the one that people use. */
  public static StreamChoice of(List<MediaProfile> profiles) {
    List<MediaProfile> videos =
        profiles.stream().filter(profile -> profile.encoding() != null).toList();
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
    return new StreamChoice(main.orElse(null), sub.orElse(null));
  }

  private static boolean isModern(MediaProfile profile) {
    return "H264".equals(profile.encoding()) || "H265".equals(profile.encoding());
  }
}
