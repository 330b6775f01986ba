package io.kydai.streaming.annotation;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_DEFAULT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU709;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import io.kydai.analytics.observation.Frame;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a frame in OpenCV's colours (8-bit blue, green, red), to be drawn on. It is made of any
 * pixel format that libswscale reads, and can be filled again, also with frames of another size.
 * Owns its native memory, which closing frees. For one thread.
 */
public final class AnnotatedPicture implements AutoCloseable {
  static {
    // Many cameras at once are parallel enough; a picture must not take every core.
    opencv_core.setNumThreads(1);
  }

  private static final int ONE = 1 << 16;

  private final PointerPointer<Mat> planes = new PointerPointer<>(4);
  private final IntPointer strides = new IntPointer(4);
  private Mat mat = new Mat();
  private @Nullable SwsContext scaler;

  /** The picture, which this object owns; it is valid until the next filling. */
  Mat mat() {
    return mat;
  }

  /**
   * Copies a borrowed frame, with square pixels.
   *
   * @throws IllegalArgumentException when its pixel format cannot be read
   */
  public Mat fill(Frame frame) {
    return fill(frame, frame.displayWidth(), frame.displayHeight());
  }

  /**
   * Copies a borrowed frame, scaled to a size in pixels.
   *
   * @throws IllegalArgumentException when its pixel format cannot be read
   */
  public Mat fill(Frame frame, int width, int height) {
    AVFrame source = frame.picture();
    if (mat.cols() != width || mat.rows() != height) {
      mat.close();
      mat = new Mat(height, width, opencv_core.CV_8UC3);
    }
    scaler =
        sws_getCachedContext(
            scaler,
            source.width(),
            source.height(),
            withoutRange(source.format()),
            width,
            height,
            AV_PIX_FMT_BGR24,
            SWS_BILINEAR | SWS_ACCURATE_RND,
            null,
            null,
            (DoublePointer) null);
    if (scaler == null) {
      throw new IllegalArgumentException("cannot read pixel format " + source.format());
    }
    boolean full =
        source.color_range() == AVCOL_RANGE_JPEG
            || withoutRange(source.format()) != source.format();
    IntPointer matrix =
        sws_getCoefficients(
            source.colorspace() == AVCOL_SPC_BT709 ? SWS_CS_ITU709 : SWS_CS_DEFAULT);
    sws_setColorspaceDetails(scaler, matrix, full ? 1 : 0, matrix, 1, 0, ONE, ONE);
    planes.put(0, mat.data());
    strides.put(0, (int) mat.step());
    sws_scale(scaler, source.data(), source.linesize(), 0, source.height(), planes, strides);
    return mat;
  }

  /** The plain format of a "J" format, whose full range libswscale is told apart from it. */
  private static int withoutRange(int format) {
    if (format == AV_PIX_FMT_YUVJ420P) {
      return AV_PIX_FMT_YUV420P;
    }
    if (format == AV_PIX_FMT_YUVJ422P) {
      return AV_PIX_FMT_YUV422P;
    }
    return format == AV_PIX_FMT_YUVJ444P ? AV_PIX_FMT_YUV444P : format;
  }

  @Override
  public void close() {
    sws_freeContext(scaler);
    scaler = null;
    mat.close();
    planes.close();
    strides.close();
  }
}
