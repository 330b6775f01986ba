package io.kydai.ingest.status;

import io.kydai.ingest.source.CameraId;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Hears of states and lets a test wait for one. */
public final class CollectedStatuses implements Consumer<CameraStatus> {
  private final BlockingQueue<CameraStatus> statuses = new LinkedBlockingQueue<>();

  @Override
  public void accept(CameraStatus status) {
    statuses.add(status);
  }

  /** The next status of that kind; those before it are dropped. */
  public CameraStatus await(Predicate<CameraStatus> wanted) throws InterruptedException {
    CameraStatus status = statuses.poll(30, TimeUnit.SECONDS);
    while (status != null && !wanted.test(status)) {
      status = statuses.poll(30, TimeUnit.SECONDS);
    }
    if (status == null) {
      throw new AssertionError("the status did not come");
    }
    return status;
  }

  public CameraStatus await(CameraId camera, CameraState state) throws InterruptedException {
    return await(status -> status.camera().equals(camera) && status.state() == state);
  }
}
