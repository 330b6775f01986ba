package io.kydai.console.verifier;

/** Looks at the picture of an alert, and says what it sees. */
@FunctionalInterface
public interface Verifier {
  /**
   * Asks about a picture; waits for the answer.
   *
   * @param question what is asked, in words
   * @param jpeg the picture
   * @throws VerifierException when there is no answer in time, or none that is understood
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  Remark look(Question question, byte[] jpeg) throws VerifierException, InterruptedException;
}
