package io.kydai.analytics.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_CROP_UNALIGNED;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_apply_cropping;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_clone;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import io.kydai.analytics.regions.Region;
import io.kydai.analytics.regions.Tile;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Brings regions of frames into places of an input. Not thread-safe.
 *
 * <p>Bound: conversions of at most {@value #MOST} sizes are kept; then all are made anew. Pixels go
 * through a buffer of the largest place seen, because libswscale may write beyond the end of a row,
 * which here is its neighbour.
 */
final class TileScaler implements AutoCloseable {
  private static final int MOST = 8;
  private static final int OVERRUN = 256;

  private record Conversion(SwsSource source, int width, int height) {}

  private final Map<Conversion, SwsContext> contexts = new HashMap<>();
  private final PointerPointer<BytePointer> target = new PointerPointer<>(1);
  private final IntPointer targetStride = new IntPointer(1L);
  private BytePointer memory = new BytePointer(1);
  private ByteBuffer buffer = memory.asByteBuffer();

  void scale(AVFrame picture, Tile tile, ByteBuffer pixels, int stride) {
    int row = tile.width() * 3;
    ensure(row * tile.height());
    AVFrame part = av_frame_clone(picture); // shares the pixels
    if (part == null) {
      throw new DecodeException("no memory for a part of a frame");
    }
    try {
      Region region = tile.region();
      part.crop_left(region.left());
      part.crop_top(region.top());
      part.crop_right(picture.width() - region.left() - region.width());
      part.crop_bottom(picture.height() - region.top() - region.height());
      Libav.check(av_frame_apply_cropping(part, AV_FRAME_CROP_UNALIGNED), "cropping");
      target.put(0, memory);
      targetStride.put(0, row);
      SwsContext context = context(SwsSource.of(part), tile);
      Libav.check(
          sws_scale(
              context, part.data(), part.linesize(), 0, part.height(), target, targetStride),
          "scaling");
    } finally {
      av_frame_free(part);
    }
    for (int y = 0; y < tile.height(); y++) {
      pixels.put((tile.top() + y) * stride + tile.left() * 3, buffer, y * row, row);
    }
  }

  private SwsContext context(SwsSource source, Tile tile) {
    Conversion conversion = new Conversion(source, tile.width(), tile.height());
    SwsContext known = contexts.get(conversion);
    if (known == null) {
      if (contexts.size() == MOST) {
        free();
      }
      known = source.to(tile.width(), tile.height());
      contexts.put(conversion, known);
    }
    return known;
  }

  private void ensure(int size) {
    if (buffer.capacity() < size) {
      memory.close();
      memory = new BytePointer((long) size + OVERRUN);
      buffer = memory.asByteBuffer();
    }
  }

  private void free() {
    contexts.values().forEach(context -> sws_freeContext(context));
    contexts.clear();
  }

  @Override
  public void close() {
    free();
    target.close();
    targetStride.close();
    memory.close();
  }
}
