package io.kydai.console.webhooks;

/** The events that were given up, for reading. */
@FunctionalInterface
public interface DeadLetters {
  /** The most letters of a page. */
  int MAX_PAGE = 200;

  /**
   * A page of dead letters, the newest event first.
   *
   * @param limit 1 to {@value #MAX_PAGE}
   * @param cursor {@code next} of the page before; empty for the first page
   * @throws IllegalArgumentException when the limit or the cursor is wrong
   */
  DeadLetterPage page(int limit, String cursor);
}
