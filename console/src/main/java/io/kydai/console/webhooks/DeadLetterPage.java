package io.kydai.console.webhooks;

import java.util.List;

/**
 * Dead letters, the newest event first.
 *
 * @param next what to ask the following page with; empty when this is the last
 */
public record DeadLetterPage(List<DeadLetter> letters, String next) {
  public DeadLetterPage {
    letters = List.copyOf(letters);
  }
}
