package io.kydai.analytics.plates;

import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_CROP_UNALIGNED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_apply_cropping;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_clone;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import io.kydai.analytics.decode.DecodeException;
import io.kydai.analytics.observation.Frame;
import io.kydai.ingest.codec.syntax.PixelAspectRatio;
import io.kydai.models.detection.Box;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The part of a frame that shows a vehicle, in pixels as they are stored; even, as most frames
 * halve their colours. It is somewhat larger than the vehicle's box, which may cut a bumper off.
 * Its copy has square pixels, so that the characters of a plate have their true proportions.
 *
 * @param pixelAspect how wide the frame's pixels are shown
 */
record CropRectangle(int left, int top, int width, int height, PixelAspectRatio pixelAspect) {
  /** Neither side of a copy has more pixels: a plate's characters are large enough then. */
  static final int MAX_SIDE = 1024;

  /** On a smaller vehicle nobody reads a plate. */
  static final int MIN_SIDE = 64;

  private static final float MARGIN = 0.04f;
  private static final int ROWS = 48;
  private static final int STROKE = 2;
  // libswscale's vector code may write beyond the end of a row, and so of the last one.
  private static final int OVERRUN = 256;
  private static final Set<Integer> EIGHT_BITS_OF_GREY_FIRST =
      Set.of(
          AV_PIX_FMT_YUV420P,
          AV_PIX_FMT_YUV422P,
          AV_PIX_FMT_YUV444P,
          AV_PIX_FMT_YUVJ420P,
          AV_PIX_FMT_YUVJ422P,
          AV_PIX_FMT_YUVJ444P,
          AV_PIX_FMT_NV12,
          AV_PIX_FMT_GRAY8);

  /** Empty where the vehicle is too small to be read. */
  static Optional<CropRectangle> around(
      Box vehicle, int frameWidth, int frameHeight, PixelAspectRatio pixelAspect) {
    float aside = vehicle.width() * MARGIN;
    float above = vehicle.height() * MARGIN;
    int left = even((vehicle.left() - aside) * frameWidth, frameWidth);
    int top = even((vehicle.top() - above) * frameHeight, frameHeight);
    int right = even((vehicle.right() + aside) * frameWidth, frameWidth);
    int bottom = even((vehicle.bottom() + above) * frameHeight, frameHeight);
    return right - left < MIN_SIDE || bottom - top < MIN_SIDE
        ? Optional.empty()
        : Optional.of(new CropRectangle(left, top, right - left, bottom - top, pixelAspect));
  }

  private static int even(float pixels, int most) {
    return Math.max(0, Math.min(most, Math.round(pixels))) & ~1;
  }

  /** A part of the frame as a part of this cut; it may reach beyond its edges. */
  Box within(Box part, int frameWidth, int frameHeight) {
    return new Box(
        (part.left() * frameWidth - left) / width,
        (part.top() * frameHeight - top) / height,
        (part.right() * frameWidth - left) / width,
        (part.bottom() * frameHeight - top) / height);
  }

  /**
   * How strongly grey changes from pixel to pixel in the lower half, where plates are: 0..255,
   * lower where the picture is out of focus or smeared by motion. 1 where the pixel format does not
   * give it cheaply.
   */
  double sharpness(Frame frame) {
    AVFrame picture = frame.picture();
    if (!EIGHT_BITS_OF_GREY_FIRST.contains(picture.format())) {
      return 1;
    }
    int stride = picture.linesize(0);
    if (stride < picture.width()) {
      return 1; // upside down
    }
    ByteBuffer grey =
        new BytePointer(picture.data(0)).capacity((long) stride * picture.height()).asByteBuffer();
    int step = Math.max(1, height / 2 / ROWS);
    long sum = 0;
    long count = 0;
    for (int y = top + height / 2; y < top + height; y += step) {
      int row = y * stride;
      for (int x = left; x < left + width - STROKE; x++) {
        sum += Math.abs((grey.get(row + x) & 0xff) - (grey.get(row + x + STROKE) & 0xff));
        count++;
      }
    }
    return count == 0 ? 1 : (double) sum / count;
  }

  /** Returns the copy's width in square pixels. */
  int copyWidth() {
    return scaled(pixelAspect.displayWidth(width, height));
  }

  /** Returns the copy's height in square pixels. */
  int copyHeight() {
    return scaled(pixelAspect.displayHeight(width, height));
  }

  private int scaled(int shown) {
    int longer =
        Math.max(pixelAspect.displayWidth(width, height), pixelAspect.displayHeight(width, height));
    return Math.max(8, (int) Math.round(shown * Math.min(1, (double) MAX_SIDE / longer)));
  }

  /**
   * Copies this part of a frame.
   *
   * @return {@code copyHeight × copyWidth × 3} bytes: blue, green, red
   * @throws DecodeException when its pixel format cannot be converted
   */
  byte[] bgr(Frame frame) {
    AVFrame part = av_frame_clone(frame.picture());
    if (part == null) {
      throw new DecodeException("no memory for a part of a picture");
    }
    SwsContext context = null;
    try {
      part.crop_left(left);
      part.crop_top(top);
      part.crop_right(frame.width() - left - width);
      part.crop_bottom(frame.height() - top - height);
      if (av_frame_apply_cropping(part, AV_FRAME_CROP_UNALIGNED) < 0) {
        throw new DecodeException("a picture cannot be cropped");
      }
      context =
          sws_getContext(
              part.width(),
              part.height(),
              part.format(),
              copyWidth(),
              copyHeight(),
              AV_PIX_FMT_BGR24,
              SWS_BILINEAR,
              null,
              null,
              (DoublePointer) null);
      if (context == null) {
        throw new DecodeException("pixel format " + part.format() + " cannot be scaled");
      }
      return scaled(context, part);
    } finally {
      sws_freeContext(context);
      av_frame_free(part);
    }
  }

  private byte[] scaled(SwsContext context, AVFrame part) {
    byte[] bgr = new byte[3 * copyWidth() * copyHeight()];
    try (BytePointer memory = new BytePointer((long) bgr.length + OVERRUN);
        PointerPointer<BytePointer> target = new PointerPointer<>(1);
        IntPointer stride = new IntPointer(1L)) {
      target.put(0, memory);
      stride.put(0, 3 * copyWidth());
      int rows = sws_scale(context, part.data(), part.linesize(), 0, part.height(), target, stride);
      if (rows < 0) {
        throw new DecodeException("a part of a picture cannot be scaled");
      }
      memory.get(bgr);
    }
    return bgr;
  }
}
