package io.kydai.analytics.signals;

import io.kydai.analytics.rules.SignalFeed.Shown;
import io.kydai.analytics.rules.SignalFeed.Source;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;

/**
 * What a signal's controller has said of late. At most {@value #MAX_WORDS} words, the oldest of
 * which is forgotten for a new one; times before it are not known. Any thread.
 */
final class ToldSignal {
  static final int MAX_WORDS = 32;

  private final ArrayDeque<SignalWord> words = new ArrayDeque<>();

  /**
   * Takes the next word. The same light told again goes on from when it began.
   *
   * @throws IllegalArgumentException when its light began before that of the word before it
   */
  synchronized void tell(SignalWord word) {
    SignalWord last = words.peekLast();
    SignalWord next = word;
    if (last != null && word.light().equals(last.light()) && !word.since().isAfter(last.until())) {
      words.removeLast();
      Instant since = word.since().isBefore(last.since()) ? word.since() : last.since();
      next = new SignalWord(word.light(), since, word.until());
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
    Iterator<SignalWord> newestFirst = words.descendingIterator();
    while (newestFirst.hasNext()) {
      SignalWord word = newestFirst.next();
      if (!word.since().isAfter(when)) {
        return when.isBefore(word.until())
            ? word.light().map(light -> new Shown(light, word.since(), Source.CONTROLLER))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** The newest word, even if it does not hold any more. */
  synchronized Optional<SignalWord> last() {
    return Optional.ofNullable(words.peekLast());
  }
}
