package io.kydai.console.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stack of opened resources, which are closed in the reverse order. A failure to close one is
 * logged, and the others are closed nevertheless. The methods may be called on any thread; a
 * resource that is added after closing began is closed at once.
 */
final class ShutdownStack implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShutdownStack.class);

  private record Opened(String name, AutoCloseable resource) {}

  private final Deque<Opened> opened = new ArrayDeque<>();
  private boolean closed;
  private volatile String current = "";

  /**
   * Adds an opened resource.
   *
   * @param name the resource's name for messages
   * @return the resource
   * @throws StartException when closing has begun; the resource is closed then
   */
  <T extends AutoCloseable> T add(String name, T resource) {
    synchronized (opened) {
      if (!closed) {
        opened.push(new Opened(name, resource));
        return resource;
      }
    }
    close(new Opened(name, resource));
    throw new StartException("The node was closed while it was starting.");
  }

  /** Returns the name of the resource that is being closed now; empty when none is. */
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
