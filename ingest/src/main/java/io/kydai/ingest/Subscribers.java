package io.kydai.ingest;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who gets which camera's access units. A subscriber may come before its camera and stays when the
 * camera is removed. Any thread may subscribe; lists are copied on change, so that publishing,
 * which is what happens all the time, takes no lock.
 */
final class Subscribers {
  private static final Logger LOG = LoggerFactory.getLogger(Subscribers.class);

  /** An object of its own for each call, so that one subscriber may subscribe twice. */
  private static final class Entry {
    private final AccessUnitSubscriber subscriber;

    Entry(AccessUnitSubscriber subscriber) {
      this.subscriber = subscriber;
    }
  }

  private final Map<CameraId, List<Entry>> entries = new ConcurrentHashMap<>();

  AccessUnitSource.Subscription add(CameraId camera, AccessUnitSubscriber subscriber) {
    Entry entry = new Entry(subscriber);
    entries.merge(
        camera,
        List.of(entry),
        (old, added) -> Stream.concat(old.stream(), added.stream()).toList());
    return () -> remove(camera, entry);
  }

  private void remove(CameraId camera, Entry entry) {
    entries.computeIfPresent(
        camera,
        (id, old) -> {
          List<Entry> left = old.stream().filter(other -> other != entry).toList();
          return left.isEmpty() ? null : left;
        });
  }

  void publish(AccessUnit unit) {
    for (Entry entry : entries.getOrDefault(unit.camera(), List.of())) {
      try {
        entry.subscriber.onAccessUnit(unit);
      } catch (RuntimeException e) {
        LOG.error("camera {}: a subscriber failed at {}", unit.camera(), unit, e);
      }
    }
  }
}
