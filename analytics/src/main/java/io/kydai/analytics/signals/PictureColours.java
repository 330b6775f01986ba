package io.kydai.analytics.signals;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BITSTREAM;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_HWACCEL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PAL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

import io.kydai.analytics.observation.Frame;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVComponentDescriptor;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/**
 * The colours of single pixels of a frame, whatever its YUV format (planar or not, 8 to 16 bits),
 * made from the samples as the decoder left them (ITU-T H.273, table 4, BT.601 and BT.709). Good
 * while the frame is.
 */
final class PictureColours {
  private static final int NOT_YUV =
      AV_PIX_FMT_FLAG_RGB
          | AV_PIX_FMT_FLAG_BE
          | AV_PIX_FMT_FLAG_PAL
          | AV_PIX_FMT_FLAG_HWACCEL
          | AV_PIX_FMT_FLAG_BITSTREAM;

  /** One of Y, Cb and Cr: where its samples lie. */
  private static final class Samples {
    private ByteBuffer bytes = ByteBuffer.allocate(0); // until it is opened
    private int stride;
    private int step;
    private int offset;
    private int depth;
    private int shift;
    private int smallerX;
    private int smallerY;

    boolean open(AVFrame picture, AVComponentDescriptor part, int smallerX, int smallerY) {
      this.smallerX = smallerX;
      this.smallerY = smallerY;
      step = part.step();
      offset = part.offset();
      depth = part.depth();
      shift = part.shift();
      stride = picture.linesize(part.plane());
      int columns = (picture.width() + (1 << smallerX) - 1) >> smallerX;
      int rows = (picture.height() + (1 << smallerY) - 1) >> smallerY;
      if (depth < 8 || depth > 16 || stride < (long) columns * step) {
        return false;
      }
      bytes = picture.data(part.plane()).capacity((long) stride * rows).asByteBuffer();
      return true;
    }

    /** 0 to 255. */
    int at(int x, int y) {
      int place = (y >> smallerY) * stride + (x >> smallerX) * step + offset;
      if (depth == 8) {
        return bytes.get(place) & 255;
      }
      int word = (bytes.get(place) & 255) | (bytes.get(place + 1) & 255) << 8;
      return word >> shift >> depth - 8 & 255;
    }
  }

  private final Samples luma = new Samples();
  private final Samples blue = new Samples();
  private final Samples red = new Samples();
  private boolean full;
  private boolean hd;

  /**
   * @return whether it has colours that can be read
   */
  boolean open(Frame frame) {
    AVFrame picture = frame.picture();
    AVPixFmtDescriptor known = av_pix_fmt_desc_get(picture.format());
    if (known == null
        || known.isNull()
        || (known.flags() & NOT_YUV) != 0
        || known.nb_components() < 3) {
      return false;
    }
    int format = picture.format();
    full =
        picture.color_range() == AVCOL_RANGE_JPEG
            || format == AV_PIX_FMT_YUVJ420P
            || format == AV_PIX_FMT_YUVJ422P
            || format == AV_PIX_FMT_YUVJ444P;
    hd =
        picture.colorspace() == AVCOL_SPC_BT709
            || picture.colorspace() == AVCOL_SPC_UNSPECIFIED && picture.height() >= 720;
    int smallerX = known.log2_chroma_w();
    int smallerY = known.log2_chroma_h();
    return luma.open(picture, known.comp(0), 0, 0)
        && blue.open(picture, known.comp(1), smallerX, smallerY)
        && red.open(picture, known.comp(2), smallerX, smallerY);
  }

  /** The pixel's colour as {@code 0xRRGGBB}. */
  int rgb(int x, int y) {
    double grey = luma.at(x, y);
    double cb = blue.at(x, y) - 128;
    double cr = red.at(x, y) - 128;
    if (!full) {
      grey = (grey - 16) * 255 / 219;
      cb *= 255.0 / 224;
      cr *= 255.0 / 224;
    }
    return hd
        ? packed(grey + 1.5748 * cr, grey - 0.1873 * cb - 0.4681 * cr, grey + 1.8556 * cb)
        : packed(grey + 1.402 * cr, grey - 0.3441 * cb - 0.7141 * cr, grey + 1.772 * cb);
  }

  private static int packed(double r, double g, double b) {
    return clipped(r) << 16 | clipped(g) << 8 | clipped(b);
  }

  private static int clipped(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
