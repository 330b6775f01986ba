package io.kydai.analytics;

import java.time.Instant;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * One decoded picture, borrowed: whoever receives it may read it until the call returns, and must
 * neither keep nor free it.
 */
public interface Frame {
  /** In pixels. */
  int width();

  /** In pixels. */
  int height();

  /** Media time, 1/90000 s, as in the access unit. */
  long mediaTime();

  Instant wallClock();

  /** libavutil's frame, for reading; planar YUV 4:2:0 in most cases, but see its {@code format}. */
  AVFrame picture();
}
