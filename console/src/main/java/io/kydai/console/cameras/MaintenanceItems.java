package io.kydai.console.cameras;

import static java.util.Objects.requireNonNull;

import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportListener;
import io.kydai.console.reports.ReportState;
import io.kydai.ingest.source.CameraId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The faults that rules found of their own cameras, while they last. They are kept in memory: the
 * report queue ends those of an earlier process when it starts, and the rules find anew what still
 * lasts. Of a camera the newest {@value #MAX_OF_CAMERA} are kept; each of its rules has one at
 * most. The methods may be called on any thread.
 */
public final class MaintenanceItems implements ReportListener {
  private static final int MAX_OF_CAMERA = 20;

  private final Map<CameraId, List<MaintenanceItem>> items = new ConcurrentHashMap<>();
  private final Consumer<CameraId> changed;

  /**
   * Creates the collection.
   *
   * @param changed gets each camera whose items are others than before; must not wait
   */
  public MaintenanceItems(Consumer<CameraId> changed) {
    this.changed = requireNonNull(changed);
  }

  /** Returns what is wrong with a camera, the newest first. */
  public List<MaintenanceItem> of(CameraId camera) {
    return items.getOrDefault(camera, List.of());
  }

  @Override
  public void onReport(Report report) {
    if (report.handling().state() != ReportState.MAINTENANCE) {
      return;
    }
    CameraId camera = report.origin().camera();
    AtomicBoolean other = new AtomicBoolean();
    items.compute(
        camera,
        (key, before) -> {
          List<MaintenanceItem> old = before == null ? List.of() : before;
          List<MaintenanceItem> after = with(report, old);
          other.set(!after.equals(old));
          return after.isEmpty() ? null : after;
        });
    if (other.get()) {
      changed.accept(camera);
    }
  }

  private static List<MaintenanceItem> with(Report report, List<MaintenanceItem> before) {
    Stream<MaintenanceItem> others = before.stream().filter(item -> !item.id().equals(report.id()));
    Stream<MaintenanceItem> all =
        report.times().endedAt() == null
            ? Stream.concat(Stream.of(MaintenanceItem.of(report)), others)
            : others;
    return all.sorted((one, other) -> other.id().value().compareTo(one.id().value()))
        .limit(MAX_OF_CAMERA)
        .toList();
  }
}
