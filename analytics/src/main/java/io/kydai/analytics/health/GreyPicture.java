package io.kydai.analytics.health;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BITSTREAM;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_HWACCEL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PAL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

import io.kydai.analytics.observation.Frame;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVComponentDescriptor;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/**
 * A small grey copy of a picture, {@value #WIDTH} × {@value #HEIGHT} cells whatever the picture's
 * size and shape. A cell is the mean of nine pixels spread over its place, in sixteenths of a grey
 * level, 0 black to 255 white. Read from the luma samples as the decoder left them: nothing is
 * converted. Its arrays are used again for every picture.
 */
final class GreyPicture {
  static final int WIDTH = 256;
  static final int HEIGHT = 144;
  static final int UNIT = 16;

  private static final int EACH = 3;
  private static final int WHITE = 255 * UNIT;
  private static final int NOT_LUMA =
      AV_PIX_FMT_FLAG_RGB
          | AV_PIX_FMT_FLAG_BE
          | AV_PIX_FMT_FLAG_PAL
          | AV_PIX_FMT_FLAG_HWACCEL
          | AV_PIX_FMT_FLAG_BITSTREAM;

  private final short[] cells = new short[WIDTH * HEIGHT];
  private final int[] sums = new int[WIDTH];
  private final int[] columns = new int[WIDTH * EACH];
  private final int[] lines = new int[HEIGHT * EACH];
  private int width;
  private int height;
  private int format = Integer.MIN_VALUE;
  private boolean readable;
  private int step;
  private int offset;
  private int depth;
  private int shift;
  private double brightness;

  /**
   * Copies a frame.
   *
   * @return whether it has luma samples that can be read; otherwise nothing has changed
   */
  boolean read(Frame frame) {
    AVFrame picture = frame.picture();
    int stride = picture.linesize(0);
    prepare(frame.width(), frame.height(), picture.format());
    if (!readable || stride < width * step) {
      return false;
    }
    ByteBuffer luma = picture.data(0).capacity((long) stride * height).asByteBuffer();
    // Video's own range has black at 16 and white at 235.
    boolean full = picture.color_range() == AVCOL_RANGE_JPEG;
    int black = full ? 0 : 16 * UNIT;
    int gain = full ? 256 : 298;
    long total = 0;
    for (int y = 0; y < HEIGHT; y++) {
      Arrays.fill(sums, 0);
      for (int line = y * EACH; line < (y + 1) * EACH; line++) {
        if (depth == 8) {
          addBytes(luma, lines[line] * stride);
        } else {
          addWords(luma, lines[line] * stride);
        }
      }
      for (int x = 0; x < WIDTH; x++) {
        int grey = (sums[x] * UNIT / (EACH * EACH) - black) * gain >> 8;
        grey = Math.max(0, Math.min(WHITE, grey));
        total += grey;
        cells[y * WIDTH + x] = (short) grey;
      }
    }
    brightness = total / (double) (cells.length * UNIT);
    return true;
  }

  private void addBytes(ByteBuffer luma, int row) {
    for (int x = 0; x < WIDTH; x++) {
      sums[x] +=
          (luma.get(row + columns[3 * x]) & 255)
              + (luma.get(row + columns[3 * x + 1]) & 255)
              + (luma.get(row + columns[3 * x + 2]) & 255);
    }
  }

  private void addWords(ByteBuffer luma, int row) {
    for (int sample = 0; sample < columns.length; sample++) {
      int at = row + columns[sample];
      int word = (luma.get(at) & 255) | (luma.get(at + 1) & 255) << 8;
      sums[sample / EACH] += word >> shift >> depth - 8 & 255;
    }
  }

  private void prepare(int newWidth, int newHeight, int newFormat) {
    if (newWidth == width && newHeight == height && newFormat == format) {
      return;
    }
    width = newWidth;
    height = newHeight;
    format = newFormat;
    AVPixFmtDescriptor known = av_pix_fmt_desc_get(newFormat);
    readable = known != null && !known.isNull() && (known.flags() & NOT_LUMA) == 0;
    if (readable) {
      AVComponentDescriptor luma = known.comp(0);
      step = luma.step();
      offset = luma.offset();
      depth = luma.depth();
      shift = luma.shift();
      readable = luma.plane() == 0 && depth >= 8 && depth <= 16;
      spread(columns, width, step, offset);
      spread(lines, height, 1, 0);
    }
  }

  /** Where to read, evenly: the middle of each of so many equal pieces. */
  private static void spread(int[] places, int size, int step, int offset) {
    for (int i = 0; i < places.length; i++) {
      places[i] = (int) ((2L * i + 1) * size / (2L * places.length)) * step + offset;
    }
  }

  int cell(int at) {
    return cells[at];
  }

  /** The mean, in grey levels. */
  double brightness() {
    return brightness;
  }

  /** How much two neighbouring cells differ in the mean, in grey levels: the finest detail. */
  double detail() {
    long sum = 0;
    for (int y = 0; y < HEIGHT - 1; y++) {
      int row = y * WIDTH;
      for (int x = row; x < row + WIDTH - 1; x++) {
        sum += Math.abs(cells[x + 1] - cells[x]) + Math.abs(cells[x + WIDTH] - cells[x]);
      }
    }
    return sum / (2.0 * UNIT * (WIDTH - 1) * (HEIGHT - 1));
  }
}
