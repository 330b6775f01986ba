package io.kydai.streaming.bench;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What {@code scripts/bench} was called with.
 *
 * @param video where none was named, the demo's
 * @param frames how many are measured, 1 to {@value #MAX_FRAMES}
 * @param setting of the detector
 */
record Arguments(Optional<Path> video, int frames, String setting) {
  static final String USAGE =
      "usage: scripts/bench [VIDEO] [--frames N] [--setting light|default|quality]";
  static final int MAX_FRAMES = 10_000;

  /**
   * @throws IllegalArgumentException when they cannot be understood
   */
  static Arguments of(List<String> words) {
    Arguments read = new Arguments(Optional.empty(), 200, "default");
    Iterator<String> rest = words.iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      if (word.equals("--frames")) {
        read = new Arguments(read.video, frames(value(word, rest)), read.setting);
      } else if (word.equals("--setting")) {
        read = new Arguments(read.video, read.frames, value(word, rest));
      } else if (word.startsWith("-") || read.video.isPresent()) {
        throw new IllegalArgumentException("'" + word + "' is not understood");
      } else {
        read = new Arguments(Optional.of(Path.of(word)), read.frames, read.setting);
      }
    }
    return read;
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }

  private static int frames(String text) {
    int frames = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (frames < 1 || frames > MAX_FRAMES) {
      throw new IllegalArgumentException("--frames is 1 to " + MAX_FRAMES + ", not " + text);
    }
    return frames;
  }
}
