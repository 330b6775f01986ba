package io.kydai.analytics.decode;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_CROP_UNALIGNED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_apply_cropping;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_clone;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_DEFAULT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FAST_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.regions.Region;
import io.kydai.ingest.codec.syntax.PixelAspectRatio;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Letterbox;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Brings frames of any size and pixel format into a network's input: straight from the decoder's
 * planes, in one pass and with square pixels, into one buffer that is used again for each frame.
 * Not thread-safe.
 */
public final class Scaler implements AutoCloseable {
  private static final byte PADDING_GREY = 114;
  // libswscale's vector code may write beyond the end of a row, and so of the last one.
  private static final int OVERRUN = 256;

  /** What a prepared conversion depends on. */
  private record Source(
      int width,
      int height,
      PixelAspectRatio pixelAspect,
      int format,
      int colours,
      boolean fullRange) {
    static Source of(AVFrame picture) {
      return new Source(
          picture.width(),
          picture.height(),
          PixelAspectRatio.declared(
              picture.sample_aspect_ratio().num(), picture.sample_aspect_ratio().den()),
          picture.format(),
          picture.colorspace(),
          picture.color_range() == AVCOL_RANGE_JPEG);
    }
  }

  private final InputSize input;
  private final BytePointer memory;
  private final ByteBuffer pixels;
  private final byte[] greyRow;
  private final byte[] row;
  private final PointerPointer<BytePointer> target = new PointerPointer<>(1);
  private final IntPointer targetStride = new IntPointer(1L);
  private @Nullable Conversion conversion;
  private boolean closed;

  /** How pictures of one kind are scaled; owns the context. */
  private record Conversion(Source source, Letterbox letterbox, SwsContext context) {}

  public Scaler(InputSize input) {
    this.input = input;
    int size = input.width() * input.height() * 3;
    this.memory = new BytePointer((long) size + OVERRUN);
    this.pixels = memory.asByteBuffer().limit(size).slice();
    this.greyRow = new byte[input.width() * 3];
    this.row = new byte[input.width() * 3];
    Arrays.fill(greyRow, PADDING_GREY);
    OpenNatives.SCALERS.incrementAndGet();
  }

  /**
   * Scales a frame into {@link #pixels}.
   *
   * @return how it lies there
   * @throws DecodeException when its pixel format cannot be converted
   */
  public Letterbox scale(Frame frame) {
    return scale(frame, ToneCurve.IDENTITY);
  }

  /**
   * Scales a frame into {@link #pixels} and changes its tones, not those of the padding.
   *
   * @return how it lies there
   * @throws DecodeException when its pixel format cannot be converted
   */
  public Letterbox scale(Frame frame, ToneCurve curve) {
    return scale(frame.picture(), curve);
  }

  /**
   * The same with a region of a frame, as if that were all of it.
   *
   * @throws DecodeException when its pixel format cannot be converted, or cropped
   */
  public Letterbox scale(Frame frame, Region region, ToneCurve curve) {
    AVFrame part = av_frame_clone(frame.picture()); // shares the pixels
    if (part == null) {
      throw new DecodeException("no memory for a region of a frame");
    }
    try {
      part.crop_left(region.left());
      part.crop_top(region.top());
      part.crop_right(part.width() - region.right());
      part.crop_bottom(part.height() - region.bottom());
      Libav.check(av_frame_apply_cropping(part, AV_FRAME_CROP_UNALIGNED), "cropping");
      return scale(part, curve);
    } finally {
      av_frame_free(part);
    }
  }

  private Letterbox scale(AVFrame picture, ToneCurve curve) {
    Source now = Source.of(picture);
    Conversion known = conversion;
    Conversion ready = known != null && now.equals(known.source()) ? known : prepare(now);
    int rows =
        sws_scale(
            ready.context(),
            picture.data(),
            picture.linesize(),
            0,
            picture.height(),
            target,
            targetStride);
    Libav.check(rows, "scaling");
    if (!curve.changesNothing()) {
      change(ready.letterbox(), curve);
    }
    padSides(ready.letterbox());
    return ready.letterbox();
  }

  /**
   * The input's pixels: direct, {@code height × width × 3} bytes, rows from top to bottom without
   * padding, each pixel blue, green, red; overwritten by the next {@link #scale}.
   */
  public ByteBuffer pixels() {
    return pixels;
  }

  private Conversion prepare(Source now) {
    free();
    Letterbox letterbox =
        Letterbox.fit(
            now.pixelAspect().displayWidth(now.width(), now.height()),
            now.pixelAspect().displayHeight(now.width(), now.height()),
            input);
    SwsContext context =
        sws_getContext(
            now.width(),
            now.height(),
            now.format(),
            letterbox.width(),
            letterbox.height(),
            AV_PIX_FMT_BGR24,
            SWS_FAST_BILINEAR,
            null,
            null,
            (DoublePointer) null);
    if (context == null) {
      throw new DecodeException("pixel format " + now.format() + " cannot be scaled");
    }
    boolean unknown = now.colours() == AVCOL_SPC_UNSPECIFIED;
    IntPointer from = sws_getCoefficients(unknown ? SWS_CS_DEFAULT : now.colours());
    IntPointer to = sws_getCoefficients(SWS_CS_DEFAULT);
    int neutral = 1 << 16;
    // An error only says that this format has no such details, as RGB has none.
    sws_setColorspaceDetails(context, from, now.fullRange() ? 1 : 0, to, 1, 0, neutral, neutral);
    int stride = input.width() * 3;
    target.put(0, memory.getPointer(letterbox.top() * (long) stride + letterbox.left() * 3L));
    targetStride.put(0, stride);
    for (int y = 0; y < input.height(); y++) {
      pixels.put(y * stride, greyRow);
    }
    Conversion prepared = new Conversion(now, letterbox, context);
    conversion = prepared;
    return prepared;
  }

  private void free() {
    if (conversion != null) {
      sws_freeContext(conversion.context());
      conversion = null;
    }
  }

  private void change(Letterbox letterbox, ToneCurve curve) {
    int stride = greyRow.length;
    int left = letterbox.left() * 3;
    int length = letterbox.width() * 3;
    for (int y = letterbox.top(); y < letterbox.top() + letterbox.height(); y++) {
      curve.apply(pixels, y * stride + left, length, row);
    }
  }

  /** After each frame: what was written beyond a row's end may have hit the padding. */
  private void padSides(Letterbox letterbox) {
    int stride = greyRow.length;
    int leftBytes = letterbox.left() * 3;
    int rightAt = (letterbox.left() + letterbox.width()) * 3;
    int bottom = letterbox.top() + letterbox.height();
    for (int y = letterbox.top(); y < bottom; y++) {
      pixels.put(y * stride, greyRow, 0, leftBytes);
      pixels.put(y * stride + rightAt, greyRow, 0, stride - rightAt);
    }
    if (bottom < input.height()) {
      pixels.put(bottom * stride, greyRow);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      free();
      target.close();
      targetStride.close();
      memory.close();
      OpenNatives.SCALERS.decrementAndGet();
    }
  }
}
