package io.kydai.analytics.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_MOTION_VECTORS;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ440P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_copy_props;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_remove_side_data;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;

/**
 * How a stored picture is turned and mirrored to be shown, in right angles (the matrix of ISO/IEC
 * 14496-12, section 8.3.2, as libavutil's {@code display.h} lays it out). A slanted matrix is taken
 * for the nearest right angle.
 *
 * @param transposed whether rows become columns; before the mirroring
 * @param mirroredX whether the shown picture's columns run against those that are stored
 * @param mirroredY whether the shown picture's rows run against those that are stored
 */
public record DisplayMatrix(boolean transposed, boolean mirroredX, boolean mirroredY) {
  private static final int SIZE = 36;

  /** Shown as it is stored. */
  public static final DisplayMatrix IDENTITY = new DisplayMatrix(false, false, false);

  /** Of a decoded picture; identity where it says nothing. */
  public static DisplayMatrix of(AVFrame picture) {
    AVFrameSideData data = av_frame_get_side_data(picture, AV_FRAME_DATA_DISPLAYMATRIX);
    return data == null || data.size() < SIZE
        ? IDENTITY
        : of(data.data().capacity(data.size()).asByteBuffer());
  }

  /** Of the {@value #SIZE} bytes of nine 32-bit numbers in the machine's order. */
  public static DisplayMatrix of(ByteBuffer matrix) {
    ByteBuffer numbers = matrix.duplicate().order(ByteOrder.nativeOrder());
    // A stored place (p, q) is shown at (a p + c q + x, b p + d q + y).
    long a = numbers.getInt(0);
    long b = numbers.getInt(4);
    long c = numbers.getInt(12);
    long d = numbers.getInt(16);
    boolean transposed = Math.abs(b) + Math.abs(c) > Math.abs(a) + Math.abs(d);
    return transposed
        ? new DisplayMatrix(true, c < 0, b < 0)
        : new DisplayMatrix(false, a < 0, d < 0);
  }

  /**
   * Turns a picture upright.
   *
   * @param picture taken over: it is freed, or given back where nothing is to be done
   * @return the picture as it is shown, in planar YUV 4:2:0, owned by the caller
   * @throws DecodeException when there is no memory, or its pixel format cannot be converted
   */
  public AVFrame upright(AVFrame picture) {
    if (equals(IDENTITY)) {
      return picture;
    }
    AVFrame planar = null;
    AVFrame shown = null;
    try {
      planar = planar(picture);
      shown =
          allocated(
              transposed ? planar.height() : planar.width(),
              transposed ? planar.width() : planar.height(),
              planar);
      int width = planar.width();
      int height = planar.height();
      turn(planar, shown, 0, width, height);
      turn(planar, shown, 1, (width + 1) / 2, (height + 1) / 2);
      turn(planar, shown, 2, (width + 1) / 2, (height + 1) / 2);
      AVRational aspect = picture.sample_aspect_ratio();
      if (transposed && aspect.num() > 0) {
        int wide = aspect.num();
        shown.sample_aspect_ratio().num(aspect.den());
        shown.sample_aspect_ratio().den(wide);
      }
      return shown;
    } catch (RuntimeException e) {
      av_frame_free(shown);
      throw e;
    } finally {
      if (planar != null && planar != picture) {
        av_frame_free(planar);
      }
      av_frame_free(picture);
    }
  }

  private static AVFrame planar(AVFrame picture) {
    int format = picture.format();
    if (format == AV_PIX_FMT_YUV420P || format == AV_PIX_FMT_YUVJ420P) {
      return picture;
    }
    AVFrame planar = allocated(picture.width(), picture.height(), picture);
    SwsContext context =
        sws_getContext(
            picture.width(),
            picture.height(),
            format,
            picture.width(),
            picture.height(),
            likeIn420(format),
            SWS_BILINEAR,
            null,
            null,
            (DoublePointer) null);
    try {
      if (context == null) {
        throw new DecodeException("pixel format " + format + " cannot be turned");
      }
      Libav.check(
          sws_scale(
              context,
              picture.data(),
              picture.linesize(),
              0,
              picture.height(),
              planar.data(),
              planar.linesize()),
          "turning");
      return planar;
    } catch (RuntimeException e) {
      av_frame_free(planar);
      throw e;
    } finally {
      sws_freeContext(context);
    }
  }

  /** The "J" formats have full range, and keep it. */
  private static int likeIn420(int format) {
    boolean full =
        format == AV_PIX_FMT_YUVJ420P
            || format == AV_PIX_FMT_YUVJ422P
            || format == AV_PIX_FMT_YUVJ440P
            || format == AV_PIX_FMT_YUVJ444P;
    return full ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P;
  }

  private static AVFrame allocated(int width, int height, AVFrame like) {
    AVFrame frame = av_frame_alloc();
    try {
      frame.width(width).height(height).format(likeIn420(like.format()));
      Libav.check(av_frame_get_buffer(frame, 0), "memory for a turned picture");
      Libav.check(av_frame_copy_props(frame, like), "turning");
      av_frame_remove_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX);
      av_frame_remove_side_data(frame, AV_FRAME_DATA_MOTION_VECTORS); // They are not turned.
      return frame;
    } catch (RuntimeException e) {
      av_frame_free(frame);
      throw e;
    }
  }

  private void turn(AVFrame from, AVFrame to, int plane, int width, int height) {
    int fromStride = from.linesize(plane);
    int toStride = to.linesize(plane);
    ByteBuffer source = bytes(from, plane, fromStride * height);
    ByteBuffer target = bytes(to, plane, toStride * (transposed ? width : height));
    byte[] row = new byte[width];
    for (int y = 0; y < height; y++) {
      source.get(y * fromStride, row);
      if (transposed) {
        int x = mirroredX ? height - 1 - y : y;
        for (int i = 0; i < width; i++) {
          target.put((mirroredY ? width - 1 - i : i) * toStride + x, row[i]);
        }
      } else {
        if (mirroredX) {
          reverse(row);
        }
        target.put((mirroredY ? height - 1 - y : y) * toStride, row);
      }
    }
  }

  private static ByteBuffer bytes(AVFrame frame, int plane, int size) {
    return new BytePointer(frame.data(plane)).capacity(size).asByteBuffer();
  }

  private static void reverse(byte[] row) {
    for (int i = 0, j = row.length - 1; i < j; i++, j--) {
      byte other = row[i];
      row[i] = row[j];
      row[j] = other;
    }
  }
}
