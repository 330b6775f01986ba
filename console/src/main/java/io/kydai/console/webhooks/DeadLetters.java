package io.kydai.console.webhooks;

/** The events whose delivery was given up. */
@FunctionalInterface
public interface DeadLetters {
  /** The largest number of letters of a page. */
  int MAX_PAGE = 200;

  /**
   * Returns a page of dead letters, sorted from the newest event to the oldest.
   *
   * @param limit the largest number of letters, 1 to {@value #MAX_PAGE}
   * @param cursor {@code next} of the previous page; empty for the first page
   * @throws IllegalArgumentException when the limit or the cursor is wrong
   */
  DeadLetterPage page(int limit, String cursor);
}
