package io.kydai.ingest.simulator;

/**
 * What happens to answers.
 *
 * @param on the request's method; every method where it is empty
 */
record AnswerStep(Kind kind, String on, int code) {
  enum Kind {
    WRONG_PASSWORD,
    WRONG_CSEQ,
    NO_TIMEOUT,
    NO_CONTENT_BASE,
    BABBLE,
    STATUS,
    MUTE,
    HANG_UP
  }

  AnswerStep {
    if (kind == Kind.STATUS && (code < 100 || code > 599)) {
      throw new IllegalArgumentException("a status is from 100 to 599");
    }
  }

  boolean concerns(String method) {
    return on.isEmpty() || on.equals(method);
  }
}
