package io.kydai.ingest.onvif;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of a camera's main stream, for viewing, and sub-stream, for analytics.
 *
 * @param main the profile with the most pixels in H.264 or H.265, or with the most pixels of all
 *     when there is none in these; null when there is no video
 * @param sub the profile with the fewest pixels that is 320 to 1,280 pixels wide and smaller than
 *     the main stream; null when there is none
 */
public record StreamChoice(@Nullable MediaProfile main, @Nullable MediaProfile sub) {
  private static final int MIN_SUB_WIDTH = 320;
  private static final int MAX_SUB_WIDTH = 1280;

  /**
   * Chooses among a camera's profiles. Of several with the same size the first is chosen, which is
   * mostly the one that is in use.
   */
  public static StreamChoice of(List<MediaProfile> profiles) {
    List<MediaProfile> videos =
        profiles.stream().filter(profile -> profile.encoding() != null).toList();
    List<MediaProfile> preferred = videos.stream().filter(StreamChoice::isH264OrH265).toList();
    List<MediaProfile> candidates = preferred.isEmpty() ? videos : preferred;
    Optional<MediaProfile> main =
        candidates.stream()
            .max(
                Comparator.comparingLong(MediaProfile::pixels)
                    .thenComparing(Comparator.comparingInt(candidates::indexOf).reversed()));
    Optional<MediaProfile> sub =
        main.flatMap(
            large ->
                candidates.stream()
                    .filter(one -> one.width() >= MIN_SUB_WIDTH && one.width() <= MAX_SUB_WIDTH)
                    .filter(one -> one.pixels() < large.pixels())
                    .min(Comparator.comparingLong(MediaProfile::pixels)));
    return new StreamChoice(main.orElse(null), sub.orElse(null));
  }

  private static boolean isH264OrH265(MediaProfile profile) {
    return "H264".equals(profile.encoding()) || "H265".equals(profile.encoding());
  }
}
