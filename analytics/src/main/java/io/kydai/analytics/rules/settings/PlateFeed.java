package io.kydai.analytics.rules.settings;

import io.kydai.analytics.alert.Plate;
import java.util.Optional;

/** Knows the plates of one camera's vehicles. Asked on the thread that asks the rules. */
public interface PlateFeed {
  /** For cameras whose plates nobody reads. */
  PlateFeed NONE =
      new PlateFeed() {
        @Override
        public Optional<Plate> read(long track) {
          return Optional.empty();
        }

        @Override
        public WatchList watchList() {
          return WatchList.EMPTY;
        }
      };

  /**
   * A vehicle's plate, as far as it is known. Asking is what gets it read; the answer comes frames
   * later.
   */
  Optional<Plate> read(long track);

  /** The plates that are looked for. */
  WatchList watchList();
}
