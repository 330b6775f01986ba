package io.kydai.analytics.decode;

import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import io.kydai.analytics.Frame;
import io.kydai.analytics.regions.Tile;
import io.kydai.analytics.regions.View;
import io.kydai.models.InputSize;
import io.kydai.models.Letterbox;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Brings frames of any size and pixel format into a network's input: straight from the decoder's
 * planes, in one pass, into one buffer that is used again for each frame. Not thread-safe.
 */
public final class Scaler implements AutoCloseable {
  private static final byte PADDING_GREY = 114;
  // libswscale's vector code may write beyond the end of a row, and so of the last one.
  private static final int OVERRUN = 256;

  private final InputSize input;
  private final BytePointer memory;
  private final ByteBuffer pixels;
  private final byte[] greyRow;
  private final PointerPointer<BytePointer> target = new PointerPointer<>(1);
  private final IntPointer targetStride = new IntPointer(1L);
  private final TileScaler tiles = new TileScaler();
  private SwsSource source;
  private Letterbox letterbox;
  private SwsContext context;
  private boolean tiled;
  private boolean closed;

  public Scaler(InputSize input) {
    this.input = input;
    int size = input.width() * input.height() * 3;
    this.memory = new BytePointer((long) size + OVERRUN);
    this.pixels = memory.asByteBuffer().limit(size).slice();
    this.greyRow = new byte[input.width() * 3];
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
    if (tiled) {
      source = null; // its padding is painted over
      tiled = false;
    }
    AVFrame picture = frame.picture();
    SwsSource now = SwsSource.of(picture);
    if (!now.equals(source)) {
      prepare(now);
    }
    int rows =
        sws_scale(
            context, picture.data(), picture.linesize(), 0, picture.height(), target, targetStride);
    Libav.check(rows, "scaling");
    padSides();
    return letterbox;
  }

  /**
   * Puts the parts of a frame that a view is of into {@link #pixels}, and grey around them.
   *
   * @throws DecodeException when its pixel format cannot be converted
   */
  public void scale(Frame frame, View view) {
    int stride = greyRow.length;
    for (int y = 0; y < input.height(); y++) {
      pixels.put(y * stride, greyRow);
    }
    tiled = true;
    for (Tile tile : view.tiles()) {
      tiles.scale(frame.picture(), tile, pixels, stride);
    }
  }

  /**
   * The input's pixels: direct, {@code height × width × 3} bytes, rows from top to bottom without
   * padding, each pixel blue, green, red; overwritten by the next {@link #scale}.
   */
  public ByteBuffer pixels() {
    return pixels;
  }

  private void prepare(SwsSource now) {
    letterbox = Letterbox.fit(now.width(), now.height(), input);
    sws_freeContext(context);
    source = null;
    context = now.to(letterbox.width(), letterbox.height());
    int stride = input.width() * 3;
    target.put(0, memory.getPointer(letterbox.top() * (long) stride + letterbox.left() * 3L));
    targetStride.put(0, stride);
    for (int y = 0; y < input.height(); y++) {
      pixels.put(y * stride, greyRow);
    }
    source = now;
  }

  /** After each frame: what was written beyond a row's end may have hit the padding. */
  private void padSides() {
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
      sws_freeContext(context);
      tiles.close();
      target.close();
      targetStride.close();
      memory.close();
      OpenNatives.SCALERS.decrementAndGet();
    }
  }
}
