package io.kydai.console.reports;

/** A report follows another one, or cannot follow the one that was given. */
public class FollowsAnotherException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FollowsAnotherException(String message) {
    super(message);
  }
}
