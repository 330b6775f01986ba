package io.kydai.ingest.concurrent;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Creates Kydai's threads, which are all named {@code kydai-<subject>-<n>}. The subject says what
 * the threads are for; the number counts the factory's threads from 1. The table of threads in
 * {@code docs/design.md} lists the subjects.
 *
 * <p>The threads are Netty's {@link FastThreadLocalThread}s, because event loops and code that
 * handles their buffers look up the thread's own caches for each buffer. Thread-safe.
 */
public final class NamedThreadFactory implements ThreadFactory {
  private static final Pattern SUBJECT = Pattern.compile("[a-z]+(-[a-z]+)*");

  private final String prefix;
  private final boolean daemon;
  private final AtomicInteger count = new AtomicInteger();

  private NamedThreadFactory(String subject, boolean daemon) {
    if (!SUBJECT.matcher(subject).matches()) {
      throw new IllegalArgumentException(
          "a thread subject is lower-case words with hyphens between them, not " + subject);
    }
    prefix = "kydai-" + subject + "-";
    this.daemon = daemon;
  }

  /**
   * Returns a factory of threads that keep the process running until they end.
   *
   * @param subject lower-case words with hyphens between them, such as {@code clip-writer}
   * @throws IllegalArgumentException when the subject is something else
   */
  public static NamedThreadFactory of(String subject) {
    return new NamedThreadFactory(subject, false);
  }

  /**
   * Returns a factory of threads that do not keep the process running.
   *
   * @param subject lower-case words with hyphens between them, such as {@code ingest}
   * @throws IllegalArgumentException when the subject is something else
   */
  public static NamedThreadFactory daemon(String subject) {
    return new NamedThreadFactory(subject, true);
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new FastThreadLocalThread(task, prefix + count.incrementAndGet());
    thread.setDaemon(daemon);
    return thread;
  }
}
