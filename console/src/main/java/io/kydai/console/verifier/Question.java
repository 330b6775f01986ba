package io.kydai.console.verifier;

import static java.util.Objects.requireNonNull;

/**
 * What a verifier is asked.
 *
 * @param task what it is to do, and the form of its answer
 * @param about the alert, in words
 */
public record Question(String task, String about) {
  public Question {
    requireNonNull(task);
    requireNonNull(about);
  }
}
