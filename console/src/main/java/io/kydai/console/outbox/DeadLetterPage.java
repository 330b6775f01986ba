package io.kydai.console.outbox;

import java.util.List;

/**
 * A page of dead letters.
 *
 * @param letters the dead letters, sorted from the newest event to the oldest
 * @param next the cursor of the following page; empty when this is the last page
 */
public record DeadLetterPage(List<DeadLetter> letters, String next) {
  public DeadLetterPage {
    letters = List.copyOf(letters);
  }
}
