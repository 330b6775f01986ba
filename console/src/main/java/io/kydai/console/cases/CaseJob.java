package io.kydai.console.cases;

import io.kydai.streaming.export.ExportProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * A case that is being made: how far it is, and what ends it. Written by the thread that makes it;
 * read and ended by any.
 *
 * <p>It rests as long as it worked, so that the disk and the processor have as much time for the
 * cameras as they had.
 */
final class CaseJob implements ExportProgress {
  /** How long it works between two rests, in nanoseconds. */
  private static final long WORK = 20_000_000L;

  /** After how many bytes it looks whether the disk has room. */
  private static final long LOOK = 64L << 20;

  private final String id;
  private final long most;
  private final long leastFree;
  private final Path folder;
  private final LongConsumer rest;
  private volatile long total;
  private volatile long done;
  private volatile boolean ended;
  private long lookedAt;
  private long restedAt = System.nanoTime();

  /** It is not wanted any more, or the node ends. */
  static final class EndedException extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** A bound is reached. */
  static final class BoundException extends IOException {
    private static final long serialVersionUID = 1;

    private final ExportedCase.Failure failure;

    BoundException(ExportedCase.Failure failure) {
      super(failure.name());
      this.failure = failure;
    }

    ExportedCase.Failure failure() {
      return failure;
    }
  }

  /**
   * @param most bytes that the archive may have
   * @param leastFree bytes that stay free on the disk of the folder
   * @param rest lets the thread wait for some nanoseconds
   */
  CaseJob(String id, long most, long leastFree, Path folder, LongConsumer rest) {
    this.id = id;
    this.most = most;
    this.leastFree = leastFree;
    this.folder = folder;
    this.rest = rest;
  }

  String id() {
    return id;
  }

  /** Returns how many bytes the archive will have, as far as that is known. */
  long total() {
    return Math.max(total, done);
  }

  void expect(long bytes) {
    total = bytes;
  }

  long done() {
    return done;
  }

  void end() {
    ended = true;
  }

  /**
   * Looks whether it goes on, before it begins something.
   *
   * @throws IOException when it does not
   */
  void check() throws IOException {
    if (ended) {
      throw new EndedException();
    }
    if (done > most) {
      throw new BoundException(ExportedCase.Failure.TOO_LARGE);
    }
    if (Files.getFileStore(folder).getUsableSpace() < leastFree) {
      throw new BoundException(ExportedCase.Failure.DISK_FULL);
    }
  }

  // One thread writes it.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  @Override
  public void written(long bytes) throws IOException {
    done += bytes;
    if (ended || done > most || done - lookedAt >= LOOK) {
      lookedAt = done;
      check();
    }
    rested();
  }

  /** Hears that bytes were read again, for their digest. */
  void looked() throws IOException {
    if (ended) {
      throw new EndedException();
    }
    rested();
  }

  private void rested() {
    long worked = System.nanoTime() - restedAt;
    if (worked >= WORK) {
      rest.accept(worked);
      restedAt = System.nanoTime();
    }
  }
}
