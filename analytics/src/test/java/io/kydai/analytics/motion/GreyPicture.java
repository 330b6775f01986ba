package io.kydai.analytics.motion;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.decode.Libav;
import java.util.function.IntBinaryOperator;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Pictures that a test paints in grey. */
final class GreyPicture {
  private GreyPicture() {}

  /**
   * A frame, owned by the caller.
   *
   * @param paint gives the brightness of each pixel, clipped to 0..255
   */
  static DecodedFrame of(int width, int height, long mediaTime, IntBinaryOperator paint) {
    return of(AV_PIX_FMT_YUV420P, width, height, mediaTime, paint);
  }

  static DecodedFrame of(
      int format, int width, int height, long mediaTime, IntBinaryOperator paint) {
    AVFrame picture = av_frame_alloc();
    picture.width(width);
    picture.height(height);
    picture.format(format);
    Libav.check(av_frame_get_buffer(picture, 0), "frame");
    byte[] row = new byte[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        row[x] = (byte) Math.max(0, Math.min(255, paint.applyAsInt(x, y)));
      }
      picture.data(0).position((long) y * picture.linesize(0)).put(row);
    }
    return DecodedFrame.ofFile(picture, mediaTime);
  }
}
