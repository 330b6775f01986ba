package io.kydai.analytics.signals;

import io.kydai.analytics.rules.settings.SignalFeed.Shown;
import io.kydai.analytics.rules.settings.SignalFeed.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;

/**
 * What a signal's controller has said of late. At most {@value #MAX_WORDS} words, the oldest of
 * which is forgotten for a new one; times before it are not known. Any thread.
 *
 * <p>Words are dated by the node's clock. When that is set back, those before it would answer for
 * times that come a second time: they are forgotten when the next one comes, and not believed until
 * then.
 */
final class ControllerSignal {
  static final int MAX_WORDS = 32;

  /** A question comes within seconds of what it asks about. */
  private static final Duration LATEST_QUESTION = Duration.ofSeconds(15);

  /** The clock may be corrected by so much, and words may come from several threads. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMillis(500);

  private final ArrayDeque<ControllerMessage> words = new ArrayDeque<>();

  /**
   * Takes the next message. The same light reported again goes on from when it began.
   *
   * @throws IllegalArgumentException when its light began before that of the word before it
   */
  synchronized void tell(ControllerMessage word) {
    if (!words.isEmpty() && word.told().isBefore(words.getLast().told().minus(CLOCK_TOLERANCE))) {
      words.clear();
    }
    ControllerMessage last = words.peekLast();
    ControllerMessage next = word;
    if (last != null && word.light() == last.light() && !word.since().isAfter(last.until())) {
      words.removeLast();
      Instant since = word.since().isBefore(last.since()) ? word.since() : last.since();
      next = new ControllerMessage(word.light(), since, word.until(), word.told());
    } else if (last != null && word.since().isBefore(last.since())) {
      throw new IllegalArgumentException(
          "a light that began at " + last.since() + " has been told of already");
    }
    words.addLast(next);
    if (words.size() > MAX_WORDS) {
      words.removeFirst();
    }
  }

  synchronized Optional<Shown> shown(Instant when) {
    if (!words.isEmpty() && words.getLast().told().isAfter(when.plus(LATEST_QUESTION))) {
      return Optional.empty();
    }
    Iterator<ControllerMessage> newestFirst = words.descendingIterator();
    while (newestFirst.hasNext()) {
      ControllerMessage word = newestFirst.next();
      if (!word.since().isAfter(when)) {
        return when.isBefore(word.until())
            ? Optional.ofNullable(word.light())
                .map(light -> new Shown(light, word.since(), Source.CONTROLLER))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** The newest word, even if it does not hold any more. */
  synchronized Optional<ControllerMessage> last() {
    return Optional.ofNullable(words.peekLast());
  }
}
