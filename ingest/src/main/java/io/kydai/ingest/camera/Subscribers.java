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
 * Who gets what of which camera. A subscriber may come before its camera and stays when the camera
 * is removed. Any thread may subscribe; lists are copied on change, so that publishing, which is
 * what happens all the time, takes no lock.
 */
public final class Subscribers<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Subscribers.class);

  /** An object of its own for each call, so that one subscriber may subscribe twice. */
  private static final class Entry<T> {
    private final Consumer<? super T> subscriber;

    Entry(Consumer<? super T> subscriber) {
      this.subscriber = subscriber;
    }
  }

  private final Map<CameraId, List<Entry<T>>> entries = new ConcurrentHashMap<>();

  /** How many times a list changed, counted behind each change. */
  private final AtomicLong changes = new AtomicLong();

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

  /** Returns what publishes the items of one camera. */
  Publisher publisher(CameraId camera) {
    return new Publisher(camera);
  }

  /**
   * Publishes the items of one camera, on one thread. It keeps the camera's list until any list
   * changes, so that an item costs no look-up.
   */
  final class Publisher {
    private final CameraId camera;
    private List<Entry<T>> known = List.of();
    private long knownAfter = -1;

    private Publisher(CameraId camera) {
      this.camera = camera;
    }

    /** Hands an item to each subscriber; one that throws does not keep it from the others. */
    void publish(T item) {
      // Read before the list: a change that comes between is seen with the next item.
      long made = changes.get();
      if (made != knownAfter) {
        known = entries.getOrDefault(camera, List.of());
        knownAfter = made;
      }
      for (Entry<T> entry : known) {
        try {
          entry.subscriber.accept(item);
        } catch (RuntimeException e) {
          LOG.error("camera {}: a subscriber failed at {}", camera, item, e);
        }
      }
    }
  }
}
