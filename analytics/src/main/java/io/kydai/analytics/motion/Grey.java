package io.kydai.analytics.motion;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * A small grey picture of frames of one size: each sample is the mean of eight pixels, spread over
 * its part of the brightness plane, which is cheaper than scaling and quiets noise as well. Not
 * thread-safe.
 */
final class Grey {
  private static final int TAP_ROWS = 2;
  private static final int TAPS_IN_ROW = 4;

  /** Pixels of which a sample is the mean; samples are their sums, 0 to {@code 255 * TAPS}. */
  static final int TAPS = TAP_ROWS * TAPS_IN_ROW;

  private static final int MAX_COLUMNS = 160;
  private static final int MIN_SAMPLE = 4;

  private final int width;
  private final int height;
  private final int columns;
  private final int rows;
  private final int[] xs;
  private final int[] samples;
  private final byte[] row;

  Grey(int width, int height) {
    this.width = width;
    this.height = height;
    this.columns = Math.max(1, Math.min(MAX_COLUMNS, width / MIN_SAMPLE));
    // Square samples, but a picture much higher than wide gets no more of them than a square one.
    this.rows =
        (int) Math.max(1, Math.min(MAX_COLUMNS, Math.round((double) columns * height / width)));
    this.xs = new int[columns * TAPS_IN_ROW];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = (int) ((i + 0.5) * width / xs.length);
    }
    this.samples = new int[columns * rows];
    this.row = new byte[width];
  }

  boolean fits(AVFrame picture) {
    return picture.width() == width && picture.height() == height;
  }

  int columns() {
    return columns;
  }

  int rows() {
    return rows;
  }

  /** Returns whether the first plane is brightness, a byte for each pixel. */
  static boolean readable(AVFrame picture) {
    int format = picture.format();
    return picture.width() > 0
        && picture.height() > 0
        && picture.linesize(0) >= picture.width()
        && (format == AV_PIX_FMT_YUV420P
            || format == AV_PIX_FMT_YUVJ420P
            || format == AV_PIX_FMT_YUV422P
            || format == AV_PIX_FMT_YUVJ422P
            || format == AV_PIX_FMT_YUV444P
            || format == AV_PIX_FMT_YUVJ444P
            || format == AV_PIX_FMT_NV12
            || format == AV_PIX_FMT_GRAY8);
  }

  /** The samples of a picture, row by row; overwritten by the next call. */
  int[] read(AVFrame picture) {
    int stride = picture.linesize(0);
    // The last row may end before its stride does.
    long size = (long) stride * (height - 1) + width;
    ByteBuffer plane = picture.data(0).capacity(size).asByteBuffer();
    for (int y = 0; y < rows; y++) {
      int at = y * columns;
      for (int tap = 0; tap < TAP_ROWS; tap++) {
        int line = (int) ((y + (tap + 0.5) / TAP_ROWS) * height / rows);
        plane.get(line * stride, row, 0, width);
        add(at, tap == 0);
      }
    }
    return samples;
  }

  private void add(int at, boolean first) {
    for (int x = 0, i = 0; x < columns; x++, i += TAPS_IN_ROW) {
      int sum =
          (row[xs[i]] & 0xff)
              + (row[xs[i + 1]] & 0xff)
              + (row[xs[i + 2]] & 0xff)
              + (row[xs[i + 3]] & 0xff);
      samples[at + x] = first ? sum : samples[at + x] + sum;
    }
  }
}
