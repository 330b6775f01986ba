package io.kydai.console;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what was opened, and closes it in reverse order. One that fails to close is logged and
 * keeps the others from nothing. One thread at a time, but {@link #current} may be asked by any.
 */
final class Closing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private record Opened(String name, AutoCloseable resource) {}

  private final Deque<Opened> opened = new ArrayDeque<>();
  private volatile String current = "";

  <T extends AutoCloseable> T add(String name, T resource) {
    opened.push(new Opened(name, resource));
    return resource;
  }

  /** What is being closed right now. */
  Optional<String> current() {
    return current.isEmpty() ? Optional.empty() : Optional.of(current);
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      Opened next = opened.pop();
      current = next.name;
      long start = System.nanoTime();
      try {
        next.resource.close();
        LOG.debug("{} closed in {} ms", next.name, (System.nanoTime() - start) / 1_000_000);
      } catch (Exception e) {
        LOG.error("{} did not close", next.name, e);
      }
    }
    current = "";
  }
}
