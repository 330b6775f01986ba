package io.kydai.streaming;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import io.kydai.analytics.observation.Frame;
import java.time.Instant;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** A frame from planar bytes. */
public record TestFrame(int width, int height, long mediaTime, AVFrame picture)
    implements Frame, AutoCloseable {

  public static TestFrame grey(int width, int height, long mediaTime) {
    byte[] yuv = new byte[width * height + 2 * ((width + 1) / 2) * ((height + 1) / 2)];
    for (int i = 0; i < yuv.length; i++) {
      yuv[i] = (byte) (i < width * height ? 60 + i % width * 100 / width : 128);
    }
    return of(width, height, mediaTime, yuv, AV_PIX_FMT_YUV420P);
  }

  /**
   * @param yuv 8-bit planes one behind the other, 4:2:0 unless the format is 4:2:2
   */
  public static TestFrame of(int width, int height, long mediaTime, byte[] yuv, int format) {
    AVFrame frame = av_frame_alloc();
    frame.width(width).height(height).format(format);
    if (av_frame_get_buffer(frame, 0) < 0) {
      throw new IllegalStateException("no memory for a frame");
    }
    int chromaWidth = (width + 1) / 2;
    int chromaHeight = (yuv.length - width * height) / 2 / chromaWidth;
    int at = 0;
    for (int plane = 0; plane < 3; plane++) {
      int columns = plane == 0 ? width : chromaWidth;
      int rows = plane == 0 ? height : chromaHeight;
      BytePointer data = frame.data(plane);
      for (int row = 0; row < rows; row++) {
        data.position((long) row * frame.linesize(plane)).put(yuv, at, columns);
        at += columns;
      }
    }
    return new TestFrame(width, height, mediaTime, frame);
  }

  @Override
  public Instant wallClock() {
    return SampleVideo.START.plusMillis(mediaTime / 90);
  }

  @Override
  public void close() {
    av_frame_free(picture);
  }
}
