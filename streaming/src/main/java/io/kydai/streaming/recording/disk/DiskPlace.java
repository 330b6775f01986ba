package io.kydai.streaming.recording.disk;

import static java.util.Objects.requireNonNull;

import io.kydai.streaming.recording.index.KnownDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A configured folder of recordings, and which disk is there.
 *
 * @param id of the disk, or of the one that should be there; an empty text where it has none yet
 * @param isNew whether the disk is to be given an id when it is opened
 * @param fault why there is no disk to be used; null where there is one
 */
public record DiskPlace(String id, Path root, boolean isNew, @Nullable String fault) {
  public DiskPlace {
    requireNonNull(id);
    requireNonNull(root);
  }

  /** Whether its files can be read. */
  public boolean isThere() {
    return fault == null;
  }

  /**
   * Looks at folders, and changes nothing. A folder without a marker is a new disk, unless the
   * index has recordings that should be there: then its disk is not mounted.
   *
   * @param known what the index has heard of
   * @return one for each folder, in their order
   */
  public static List<DiskPlace> look(List<Path> folders, List<KnownDisk> known) {
    List<DiskPlace> places = new ArrayList<>();
    Map<String, Path> there = new HashMap<>();
    for (Path folder : folders) {
      Path root = folder.toAbsolutePath().normalize();
      DiskPlace place = look(root, known);
      Path other = place.isThere() && !place.isNew() ? there.putIfAbsent(place.id(), root) : null;
      places.add(
          other == null
              ? place
              : new DiskPlace(place.id(), root, false, "the same disk is at " + other));
    }
    return places;
  }

  private static DiskPlace look(Path root, List<KnownDisk> known) {
    Optional<KnownDisk> expected =
        known.stream()
            .filter(disk -> disk.folder().equals(root.toString()) && !disk.id().isEmpty())
            .max(Comparator.comparingLong(KnownDisk::segments));
    try {
      Optional<String> marker = DiskMarker.read(root);
      if (marker.isPresent()) {
        return new DiskPlace(marker.get(), root, marker.get().isEmpty(), null);
      }
      return expected
          .map(disk -> new DiskPlace(disk.id(), root, false, "the disk is not mounted"))
          .orElseGet(() -> new DiskPlace("", root, true, null));
    } catch (IOException e) {
      String id = expected.map(KnownDisk::id).orElse("");
      return new DiskPlace(id, root, false, String.valueOf(e.getMessage()));
    }
  }
}
