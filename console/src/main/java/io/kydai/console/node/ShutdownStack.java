package io.kydai.console.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what was opened, and closes it in reverse order. One that fails to close is logged and
 * keeps the others from nothing. Any thread: what is added while it closes, or after, is closed at
 * once.
 */
final class ShutdownStack implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShutdownStack.class);

  private record Opened(String name, AutoCloseable resource) {}

  private final Deque<Opened> opened = new ArrayDeque<>();
  private boolean closed;
  private volatile String current = "";

  /**
   * Remembers what was opened.
   *
   * @throws StartException when the whole was closed meanwhile; the resource is closed, too
   */
  <T extends AutoCloseable> T add(String name, T resource) {
    synchronized (opened) {
      if (!closed) {
        opened.push(new Opened(name, resource));
        return resource;
      }
    }
    close(new Opened(name, resource));
    throw new StartException("Ended while it was starting.");
  }

  /** What is being closed right now. */
  Optional<String> current() {
    return current.isEmpty() ? Optional.empty() : Optional.of(current);
  }

  @Override
  public void close() {
    for (Optional<Opened> next = pop(); next.isPresent(); next = pop()) {
      close(next.get());
    }
    current = "";
  }

  private Optional<Opened> pop() {
    synchronized (opened) {
      closed = true;
      return Optional.ofNullable(opened.poll());
    }
  }

  private void close(Opened next) {
    current = next.name;
    long start = System.nanoTime();
    try {
      next.resource.close();
      LOG.debug("{} closed in {} ms", next.name, (System.nanoTime() - start) / 1_000_000);
    } catch (Exception e) {
      LOG.error("{} did not close", next.name, e);
    }
  }
}
