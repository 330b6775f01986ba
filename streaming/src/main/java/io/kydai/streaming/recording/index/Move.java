package io.kydai.streaming.recording.index;

import static java.util.Objects.requireNonNull;

/**
 * A file on its way from a disk to another one, which is noted before it is copied and until it is
 * deleted where it was.
 *
 * @param file its path on both
 * @param from the id of the disk that has it
 * @param to the id of the disk that gets it
 */
public record Move(String file, String from, String to) {
  public Move {
    requireNonNull(file);
    requireNonNull(from);
    requireNonNull(to);
  }
}
