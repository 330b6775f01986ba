package io.kydai.analytics.decode;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.observation.Frame;
import io.kydai.ingest.media.MediaTime;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * A frame with its owner's side: the pixels live until as many {@link #close} as {@link #retain}
 * calls (and one) have come. Safe for any thread; the pixels are never written to.
 */
public final class DecodedFrame implements Frame, AutoCloseable {
  private final AVFrame picture;
  private final long mediaTime;
  private final Instant wallClock;
  private final long arrivedNanos;
  private final AtomicInteger references = new AtomicInteger(1);

  /**
   * @param picture taken over: it is freed with the last reference
   * @param mediaTime 1/90000 s
   * @param arrivedNanos {@link System#nanoTime} when its access unit arrived
   */
  DecodedFrame(AVFrame picture, long mediaTime, Instant wallClock, long arrivedNanos) {
    this.picture = requireNonNull(picture);
    this.mediaTime = mediaTime;
    this.wallClock = requireNonNull(wallClock);
    this.arrivedNanos = arrivedNanos;
    OpenNatives.FRAMES.incrementAndGet();
  }

  /**
   * A picture of a file: its wall clock starts at the epoch.
   *
   * @param picture taken over
   * @param mediaTime 1/90000 s since the file's first picture
   */
  public static DecodedFrame ofFile(AVFrame picture, long mediaTime) {
    Instant wallClock = Instant.EPOCH.plusNanos(MediaTime.nanos(mediaTime));
    return new DecodedFrame(picture, mediaTime, wallClock, System.nanoTime());
  }

  @Override
  public int width() {
    return picture.width();
  }

  @Override
  public int height() {
    return picture.height();
  }

  @Override
  public long mediaTime() {
    return mediaTime;
  }

  @Override
  public Instant wallClock() {
    return wallClock;
  }

  @Override
  public AVFrame picture() {
    return picture;
  }

  /** {@link System#nanoTime} when the access unit of this frame arrived. */
  public long arrivedNanos() {
    return arrivedNanos;
  }

  /** One more reference, for somebody who is to close it; only while one is held. */
  public DecodedFrame retain() {
    if (references.getAndIncrement() < 1) {
      throw new IllegalStateException("the frame is closed");
    }
    return this;
  }

  /** Gives one reference up. */
  @Override
  public void close() {
    int left = references.decrementAndGet();
    if (left < 0) {
      throw new IllegalStateException("the frame is closed already");
    }
    if (left == 0) {
      avutil.av_frame_free(picture);
      OpenNatives.FRAMES.decrementAndGet();
    }
  }
}
