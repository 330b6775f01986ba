package io.kydai.ingest.rtp.nal;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of one event loop in which pictures are assembled. A camera holds an array only from a
 * picture's first packet to its last, so that a loop needs few of them for many cameras; the array
 * that was returned last is lent first, because it is most likely still in the processor's cache.
 *
 * <p>The pool keeps at most {@value #MAX_BYTES} bytes; an array that is returned beyond that is
 * left to the garbage collector, and so is an array whose owner does not return it. Not
 * thread-safe.
 */
final class ArrayPool {
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final FastThreadLocal<ArrayPool> OF_THREAD =
      new FastThreadLocal<>() {
        @Override
        protected ArrayPool initialValue() {
          return new ArrayPool();
        }
      };

  private final Deque<byte[]> free = new ArrayDeque<>();
  private int bytes;

  /** Returns the pool of the calling thread. */
  static ArrayPool ofThread() {
    return OF_THREAD.get();
  }

  /** Lends the array that was returned last, of any length; null when the pool is empty. */
  byte @Nullable [] take() {
    byte[] array = free.pollLast();
    if (array != null) {
      bytes -= array.length;
    }
    return array;
  }

  /** Takes an array back, which the caller does not use any more. */
  void release(byte[] array) {
    if (array.length <= MAX_BYTES - bytes) {
      bytes += array.length;
      free.addLast(array);
    }
  }

  /** Returns the total length of the arrays in the pool. */
  int bytes() {
    return bytes;
  }
}
