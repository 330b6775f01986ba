package io.kydai.streaming.proof;

import java.util.ArrayList;
import java.util.List;

/** Finds which blocks of a file are not those of then. */
final class ChangedBlocks {
  private ChangedBlocks() {}

  /**
   * Compares a file with what its manifest says; neighbouring blocks make one range.
   *
   * @return empty where the manifest has no blocks
   */
  static List<Fault.Range> of(Manifest.Entry then, FileDigests now) {
    List<Fault.Range> ranges = new ArrayList<>();
    if (then.blocks().isEmpty()) {
      return ranges;
    }
    int count = Math.max(then.blocks().size(), now.blocks().size());
    long size = Math.max(then.size(), now.size());
    for (int i = 0; i < count; i++) {
      boolean same =
          i < then.blocks().size()
              && i < now.blocks().size()
              && then.blocks().get(i).equals(now.blocks().get(i));
      if (same) {
        continue;
      }
      long first = (long) i * then.block();
      long last = Math.min(first + then.block(), size) - 1;
      int newest = ranges.size() - 1;
      if (newest >= 0 && ranges.get(newest).last() == first - 1) {
        ranges.set(newest, new Fault.Range(ranges.get(newest).first(), last));
      } else {
        ranges.add(new Fault.Range(first, last));
      }
    }
    return ranges;
  }
}
