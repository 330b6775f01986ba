package io.kydai.streaming.recording.index;

import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.streaming.recording.check.Reindex;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that tells the index what was recorded, and deletes what is due, so that a database
 * that hangs or fails holds up neither the disk nor a camera. Safe for many threads.
 *
 * <p>Of each segment only the newest state waits. A row that the index refuses is told again, after
 * those behind it, until it is taken. At most {@value #MOST} rows wait, which a hundred cameras
 * fill in a day; a further one is left out and counted. Rows that are lost so, or since the node
 * ended, are made again from the files: what is newer than the index at the next start, and all by
 * {@link Reindex}.
 */
public final class IndexQueue implements RecordedRows, AutoCloseable {
  public static final int MOST = 32_768;

  private static final long RETRY_MILLIS = 1_000;
  private static final long CLOSING_MILLIS = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(IndexQueue.class);

  private final RecordedRows index;
  private final int most;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, NamedThreadFactory.of("recording-index"));

  /** The rows by what they are about, oldest first. Guarded by this. */
  private final Map<Object, Runnable> waiting = new LinkedHashMap<>();

  private boolean scheduled;
  private boolean failing;
  private long leftOut;

  public IndexQueue(RecordedRows index) {
    this(index, MOST);
  }

  public IndexQueue(RecordedRows index, int most) {
    this.index = index;
    this.most = most;
  }

  /** What a gap's row is about. */
  private record Place(Object camera, Object from) {}

  @Override
  public void put(Segment segment) {
    add(segment.file(), () -> index.put(segment));
  }

  @Override
  public void close(Segment segment, String sha256) {
    add(segment.file(), () -> index.close(segment, sha256));
  }

  @Override
  public void put(Gap gap) {
    add(new Place(gap.camera(), gap.from()), () -> index.put(gap));
  }

  private synchronized void add(Object about, Runnable row) {
    if (waiting.size() >= most && !waiting.containsKey(about)) {
      if (leftOut++ == 0) {
        LOG.error(
            "the index of recordings has taken nothing for so long that it will lack some;"
                + " scripts/admin reindex adds them");
      }
      return;
    }
    waiting.put(about, row);
    schedule(0);
  }

  private synchronized void schedule(long delayMillis) {
    if (!scheduled && !thread.isShutdown()) {
      scheduled = true;
      thread.schedule(this::tell, delayMillis, TimeUnit.MILLISECONDS);
    }
  }

  /** Runs a task on the thread, with pauses of a time between its runs. */
  public void every(long millis, Runnable task) {
    thread.scheduleWithFixedDelay(task, 0, millis, TimeUnit.MILLISECONDS);
  }

  private void tell() {
    synchronized (this) {
      scheduled = false;
    }
    for (Map.Entry<Object, Runnable> next = take(); next != null; next = take()) {
      try {
        next.getValue().run();
        succeed();
      } catch (RuntimeException e) {
        fail(next, e);
        return;
      }
    }
  }

  private synchronized Map.@Nullable Entry<Object, Runnable> take() {
    Iterator<Map.Entry<Object, Runnable>> rows = waiting.entrySet().iterator();
    if (!rows.hasNext()) {
      return null;
    }
    Map.Entry<Object, Runnable> first = rows.next();
    Map.Entry<Object, Runnable> copy = Map.entry(first.getKey(), first.getValue());
    rows.remove();
    return copy;
  }

  private void succeed() {
    if (failing) {
      failing = false;
      LOG.info("the index of recordings takes rows again");
    }
  }

  private synchronized void fail(Map.Entry<Object, Runnable> row, RuntimeException e) {
    if (!failing) {
      failing = true;
      LOG.error("the index of recordings takes no rows, which wait: {}", e.toString());
    }
    waiting.putIfAbsent(row.getKey(), row.getValue()); // A newer state of it has come since.
    schedule(RETRY_MILLIS);
  }

  /** How many rows wait. */
  public synchronized int waitingRows() {
    return waiting.size();
  }

  /** How many rows were left out. */
  public synchronized long leftOut() {
    return leftOut;
  }

  /** Waits up to a second for the index; the files have what it does not take in that time. */
  @Override
  public void close() {
    thread.execute(this::tell);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSING_MILLIS, TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
    int left = waitingRows();
    if (left > 0) {
      LOG.error("the index of recordings lacks {} rows, which the next start makes again", left);
    }
  }
}
