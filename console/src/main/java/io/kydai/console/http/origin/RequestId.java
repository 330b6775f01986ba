package io.kydai.console.http.origin;

import io.kydai.console.store.Ulids;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The id by which a request is found again in the log, in the answer, in a problem and in the
 * audit: a listed proxy's own, or a ULID.
 */
public final class RequestId {
  /** The header of requests and answers. */
  public static final String HEADER = "X-Request-Id";

  /** The key under which the log has it, while a request is at work on a thread. */
  public static final String LOG_KEY = "request";

  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._:+/=-]{1,64}");
  private static final Ulids IDS = new Ulids(Clock.systemUTC());

  private RequestId() {}

  /**
   * Returns a request's id.
   *
   * @param proposed the id that a listed proxy proposes; one that is longer than 64 characters or
   *     has unusual ones is replaced. Null where there is none
   */
  static String of(@Nullable String proposed) {
    return proposed != null && ACCEPTED.matcher(proposed).matches() ? proposed : IDS.next();
  }

  /** Runs something, and writes an id beside what this thread logs meanwhile. */
  public static void logged(String id, Runnable work) {
    MDC.put(LOG_KEY, id);
    try {
      work.run();
    } finally {
      MDC.remove(LOG_KEY);
    }
  }

  /** Calls something, and writes an id beside what this thread logs meanwhile. */
  public static <T> T logged(String id, Callable<T> work) throws Exception {
    MDC.put(LOG_KEY, id);
    try {
      return work.call();
    } finally {
      MDC.remove(LOG_KEY);
    }
  }
}
