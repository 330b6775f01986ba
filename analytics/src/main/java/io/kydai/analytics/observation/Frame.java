package io.kydai.analytics.observation;

import io.kydai.ingest.codec.syntax.PixelAspectRatio;
import java.time.Instant;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * One decoded picture, borrowed: whoever receives it may read it until the call returns, and must
 * neither keep nor free it.
 */
public interface Frame {
  /** In pixels as they are stored, which need not be square. */
  int width();

  /** In pixels as they are stored. */
  int height();

  /** How wide its pixels are shown; square where the stream does not declare it. */
  default PixelAspectRatio pixelAspect() {
    AVRational told = picture().sample_aspect_ratio();
    return PixelAspectRatio.declared(told.num(), told.den());
  }

  /** How wide the picture is shown, in square pixels. */
  default int displayWidth() {
    return pixelAspect().displayWidth(width(), height());
  }

  /** How high the picture is shown, in square pixels. */
  default int displayHeight() {
    return pixelAspect().displayHeight(width(), height());
  }

  /** Media time, 1/90000 s, as in the access unit. */
  long mediaTime();

  Instant wallClock();

  /** libavutil's frame, for reading; planar YUV 4:2:0 in most cases, but see its {@code format}. */
  AVFrame picture();
}
