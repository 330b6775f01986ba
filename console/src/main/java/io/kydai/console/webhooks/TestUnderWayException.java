package io.kydai.console.webhooks;

/** One endpoint is tested at a time, and one is being tested. */
public final class TestUnderWayException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TestUnderWayException() {
    super("An endpoint is being tested.");
  }
}
