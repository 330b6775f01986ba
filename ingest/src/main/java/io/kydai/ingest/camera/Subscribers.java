package io.kydai.ingest.camera;

import io.kydai.ingest.media.AccessUnitSource;
import io.kydai.ingest.source.CameraId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

  public AccessUnitSource.Subscription add(CameraId camera, Consumer<? super T> subscriber) {
    Entry<T> entry = new Entry<>(subscriber);
    entries.merge(
        camera,
        List.of(entry),
        (old, added) -> Stream.concat(old.stream(), added.stream()).toList());
    return () -> remove(camera, entry);
  }

  private void remove(CameraId camera, Entry<T> entry) {
    entries.computeIfPresent(
        camera,
        (id, old) -> {
          List<Entry<T>> left = old.stream().filter(other -> other != entry).toList();
          return left.isEmpty() ? null : left;
        });
  }

  void publish(CameraId camera, T item) {
    for (Entry<T> entry : entries.getOrDefault(camera, List.of())) {
      try {
        entry.subscriber.accept(item);
      } catch (RuntimeException e) {
        LOG.error("camera {}: a subscriber failed at {}", camera, item, e);
      }
    }
  }
}
