package io.kydai.streaming.recording.retention;

import io.kydai.streaming.proof.Sha256;
import io.kydai.streaming.recording.disk.RecordingDisk;
import io.kydai.streaming.recording.disk.RecordingFiles.OpenFile;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One way through a recorded file, from its beginning to its end, every byte of which goes into a
 * digest: what is copied of it is of the file that has the digest. While more than {@value #BUFFER}
 * bytes of pictures wait for the disk, it is not read. For one thread.
 */
final class BackgroundReading implements Closeable {
  private static final int BUFFER = 1 << 20;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

  private final RecordingDisk disk;
  private final FileChannel in;
  private final MessageDigest digest = Sha256.digest();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private long position;

  BackgroundReading(RecordingDisk disk, Path file) throws IOException {
    this.disk = disk;
    in = FileChannel.open(file, StandardOpenOption.READ);
  }

  /** The file, for those who read its headers before; not to be closed. */
  FileChannel channel() {
    return in;
  }

  /**
   * Copies bytes that are not before those that were copied last.
   *
   * @param copied is told of them too
   */
  void copy(long from, long to, OpenFile out, MessageDigest copied) throws IOException {
    while (position < from) {
      next(from);
    }
    while (position < to) {
      ByteBuffer read = next(to);
      copied.update(read.duplicate());
      out.append(read);
    }
  }

  /** Reads what is left, and returns the digest of the whole file, in hexadecimal digits. */
  String end() throws IOException {
    while (position < in.size()) {
      next(in.size());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private ByteBuffer next(long to) throws IOException {
    giveWay();
    buffer.clear().limit((int) Math.min(BUFFER, to - position));
    int count = in.read(buffer, position);
    if (count < 0) {
      throw new EOFException("a recording became shorter while it was read");
    }
    position += count;
    digest.update(buffer.flip().duplicate());
    return buffer;
  }

  private void giveWay() throws IOException {
    while (disk.writer().waitingBytes() > BUFFER) {
      if (disk.isStuck()) {
        throw new IOException("the disk at " + disk.root() + " hangs");
      }
      LockSupport.parkNanos(PAUSE);
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("the node ends");
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
