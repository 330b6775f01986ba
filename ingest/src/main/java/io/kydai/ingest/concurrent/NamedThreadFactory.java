package io.kydai.ingest.concurrent;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Makes the threads of Kydai, which are all named {@code kydai-<subject>-<n>}: what the threads are
 * for, and a number from 1 that counts the factory's threads. The table of threads in {@code
 * docs/design.md} lists the subjects.
 *
 * <p>The threads are Netty's {@link FastThreadLocalThread}s, since event loops and whoever handles
 * their buffers look up their thread's own caches for each buffer. Safe for many threads.
 */
public final class NamedThreadFactory implements ThreadFactory {
  private static final Pattern SUBJECT = Pattern.compile("[a-z]+(-[a-z]+)*");

  private final String prefix;
  private final boolean daemon;
  private final AtomicInteger count = new AtomicInteger();

  private NamedThreadFactory(String subject, boolean daemon) {
    if (!SUBJECT.matcher(subject).matches()) {
      throw new IllegalArgumentException(
          "a subject of threads is lower-case words with hyphens between them, not " + subject);
    }
    prefix = "kydai-" + subject + "-";
    this.daemon = daemon;
  }

  /**
   * Makes threads that the process waits for before it ends.
   *
   * @param subject lower-case words with hyphens between them, such as {@code clip-writer}
   * @throws IllegalArgumentException when the subject is something else
   */
  public static NamedThreadFactory of(String subject) {
    return new NamedThreadFactory(subject, false);
  }

  /**
   * Makes threads that do not keep the process from ending.
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
