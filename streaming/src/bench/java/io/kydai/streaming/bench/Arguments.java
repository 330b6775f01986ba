package io.kydai.streaming.bench;

import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.Precision;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code scripts/bench} was called with.
 *
 * @param video where none was named, the demo's
 * @param frames how many are measured, 1 to {@value #MAX_FRAMES}
 * @param setting of the detector
 * @param precision of the detector; not auto
 */
record Arguments(Optional<Path> video, int frames, String setting, Precision precision) {
  static final String USAGE =
      "usage: scripts/bench [VIDEO] [--frames N] [--setting light|default|quality]"
          + " [--precision int8|fp32]\n"
          + "       scripts/bench cameras [VIDEO …] [--cameras N] [--seconds S]";
  static final int MAX_FRAMES = 10_000;

  /** The product's precision where none is asked for, as it is on processors. */
  private static final Precision ON_PROCESSORS =
      DetectorSettings.DEFAULT_PRECISION == Precision.FP32 ? Precision.FP32 : Precision.INT8;

  /**
   * @throws IllegalArgumentException when they cannot be understood
   */
  static Arguments of(List<String> words) {
    Arguments read = new Arguments(Optional.empty(), 200, "default", ON_PROCESSORS);
    Iterator<String> rest = words.iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      if (word.equals("--frames")) {
        read = new Arguments(read.video, frames(value(word, rest)), read.setting, read.precision);
      } else if (word.equals("--setting")) {
        read = new Arguments(read.video, read.frames, value(word, rest), read.precision);
      } else if (word.equals("--precision")) {
        read = new Arguments(read.video, read.frames, read.setting, precision(value(word, rest)));
      } else if (word.startsWith("-") || read.video.isPresent()) {
        throw new IllegalArgumentException("'" + word + "' is not understood");
      } else {
        read = new Arguments(Optional.of(Path.of(word)), read.frames, read.setting, read.precision);
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

  private static Precision precision(String text) {
    return Stream.of(Precision.INT8, Precision.FP32)
        .filter(precision -> precision.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("--precision is int8 or fp32, not " + text));
  }

  private static int frames(String text) {
    int frames = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (frames < 1 || frames > MAX_FRAMES) {
      throw new IllegalArgumentException("--frames is 1 to " + MAX_FRAMES + ", not " + text);
    }
    return frames;
  }
}
