package io.kydai.ingest.camera;

import io.kydai.ingest.media.AccessUnitSource;
import io.kydai.ingest.source.CameraId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscribers of each camera for one type of item. A subscriber may be added before its camera
 * and stays when the camera is removed. Thread-safe; the lists are copied on change, so that
 * publishing takes no lock.
 */
public final class Subscribers<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Subscribers.class);

  /**
   * One subscription. Each call creates its own object, so that a subscriber may subscribe twice.
   */
  private static final class Entry<T> {
    private final Consumer<? super T> subscriber;

    Entry(Consumer<? super T> subscriber) {
      this.subscriber = subscriber;
    }
  }

  private final Map<CameraId, List<Entry<T>>> entries = new ConcurrentHashMap<>();

  /** The number of changes of all lists, incremented after each change. */
  private final AtomicLong changes = new AtomicLong();

  /** Adds a subscriber of a camera's items, until the subscription is closed. */
  public AccessUnitSource.Subscription add(CameraId camera, Consumer<? super T> subscriber) {
    Entry<T> entry = new Entry<>(subscriber);
    entries.merge(
        camera,
        List.of(entry),
        (old, added) -> Stream.concat(old.stream(), added.stream()).toList());
    changes.incrementAndGet();
    return () -> remove(camera, entry);
  }

  private void remove(CameraId camera, Entry<T> entry) {
    entries.computeIfPresent(
        camera,
        (id, old) -> {
          List<Entry<T>> left = old.stream().filter(other -> other != entry).toList();
          return left.isEmpty() ? null : left;
        });
    changes.incrementAndGet();
  }

  /** Returns a publisher for the items of one camera. */
  Publisher publisher(CameraId camera) {
    return new Publisher(camera);
  }

  /**
   * Publishes the items of one camera, on one thread. A publisher keeps the camera's list until any
   * list changes, so that an item needs no look-up.
   */
  final class Publisher {
    private final CameraId camera;
    private List<Entry<T>> current = List.of();
    private long currentAsOf = -1;

    private Publisher(CameraId camera) {
      this.camera = camera;
    }

    /**
     * Passes an item to each subscriber. An exception of a subscriber is logged and does not affect
     * the others.
     */
    void publish(T item) {
      // Read before the list, so that a change in between is seen with the next item.
      long changed = changes.get();
      if (changed != currentAsOf) {
        current = entries.getOrDefault(camera, List.of());
        currentAsOf = changed;
      }
      for (Entry<T> entry : current) {
        try {
          entry.subscriber.accept(item);
        } catch (RuntimeException e) {
          LOG.error("camera {}: a subscriber failed to process {}", camera, item, e);
        }
      }
    }
  }
}
