package io.kydai.analytics.decode;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSubscriber;
import io.kydai.ingest.media.Codec;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Collects the access units of one whole round of a file that a server plays over and over, from
 * the file's first picture on, which is known by its first slice. Where that picture comes again
 * too early, because the server left out pictures, it begins anew. Called by one thread.
 */
final class Round implements AccessUnitSubscriber {
  private final ByteBuffer firstSlice;
  private final int length;
  private final List<AccessUnit> units = new ArrayList<>();
  private final CompletableFuture<List<AccessUnit>> whole = new CompletableFuture<>();

  /**
   * @param length how many pictures the file has
   */
  Round(Path file, Codec codec, int length) {
    this.firstSlice =
        ElementaryStream.read(file).get(0).stream()
            .map(ByteBuffer::wrap)
            .filter(nal -> isSlice(codec, nal))
            .findFirst()
            .orElseThrow();
    this.length = length;
  }

  private static boolean isSlice(Codec codec, ByteBuffer nal) {
    return codec == Codec.H265 ? (nal.get(0) >> 1 & 0x3f) < 32 : (nal.get(0) & 0x1f) <= 5;
  }

  @Override
  public void onAccessUnit(AccessUnit unit) {
    boolean first = firstSlice.equals(firstSlice(unit));
    if (first) {
      units.clear();
    }
    if ((first || !units.isEmpty()) && units.size() < length) {
      units.add(unit);
      if (units.size() == length) {
        whole.complete(List.copyOf(units));
      }
    }
  }

  private static ByteBuffer firstSlice(AccessUnit unit) {
    ByteBuffer data = unit.data();
    while (data.hasRemaining()) {
      int size = data.getInt();
      ByteBuffer nal = data.slice(data.position(), size);
      if (isSlice(unit.parameters().codec(), nal)) {
        return nal;
      }
      data.position(data.position() + size);
    }
    return data;
  }

  /** Completes on the thread that calls {@link #onAccessUnit}. */
  CompletableFuture<List<AccessUnit>> whole() {
    return whole;
  }
}
