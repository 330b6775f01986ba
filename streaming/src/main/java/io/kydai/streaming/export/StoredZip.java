package io.kydai.streaming.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.streaming.proof.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A ZIP archive that is written to a file from its beginning, with entries that are not compressed
 * (PKWARE APPNOTE 6.3.10). Sizes are known before an entry is written; its CRC is filled in behind
 * it. Each entry has the ZIP64 fields (section 4.5.3) where it needs them, so that entries and the
 * archive may be larger than 4 GiB. For one thread; the caller owns the file.
 *
 * <p>At most {@value #MOST_ENTRIES} entries; a further one is refused.
 */
public final class StoredZip {
  private static final int MOST_ENTRIES = 60_000;
  private static final long LARGEST_32 = 0xffff_ffffL;
  private static final int ZIP64 = 45;
  private static final int PLAIN = 20;

  /** The names are UTF-8 (section 4.4.4, bit 11). */
  private static final int FLAGS = 1 << 11;

  /** Of a local header, the CRC's place (section 4.3.7). */
  private static final int CRC_AT = 14;

  private final FileChannel out;
  private final long most;
  private final int dosTime;
  private final int dosDate;
  private final List<Entry> entries = new ArrayList<>();

  /** What was written of an entry. */
  private record Entry(byte[] name, long size, int crc, long at) {}

  /**
   * The digests of an entry's bytes.
   *
   * @param block the size of a block in bytes
   * @param blocks the SHA-256 of each block in its order
   */
  public record Written(String name, long size, String sha256, int block, List<String> blocks) {}

  /** Writes an entry's bytes. */
  @FunctionalInterface
  public interface Body {
    void writeTo(WritableByteChannel out) throws IOException;
  }

  /**
   * Begins an archive at the file's beginning.
   *
   * @param modified the time that the entries have, in UTC
   */
  public StoredZip(FileChannel out, Instant modified) {
    this(out, modified, LARGEST_32);
  }

  /**
   * @param most from which number on the ZIP64 fields are used
   */
  StoredZip(FileChannel out, Instant modified, long most) {
    this.out = out;
    this.most = most;
    LocalDateTime time = LocalDateTime.ofInstant(modified, ZoneOffset.UTC);
    dosTime = time.getHour() << 11 | time.getMinute() << 5 | time.getSecond() / 2;
    dosDate =
        Math.max(0, time.getYear() - 1980) << 9 | time.getMonthValue() << 5 | time.getDayOfMonth();
  }

  /**
   * Writes an entry.
   *
   * @param size of the body in bytes
   * @param block the size of the blocks that have digests of their own
   * @throws IOException when the file cannot be written, or the body is not as long as was said
   */
  public Written add(String name, long size, int block, Body body) throws IOException {
    if (entries.size() == MOST_ENTRIES) {
      throw new IOException("an archive has at most " + MOST_ENTRIES + " entries");
    }
    byte[] bytes = name.getBytes(UTF_8);
    long at = out.position();
    boolean large = size >= most;
    ByteBuffer header = little(30 + bytes.length + 20);
    header.putInt(0x04034b50).putShort((short) (large ? ZIP64 : PLAIN)).putShort((short) FLAGS);
    header.putShort((short) 0).putShort((short) dosTime).putShort((short) dosDate).putInt(0);
    header.putInt((int) (large ? LARGEST_32 : size)).putInt((int) (large ? LARGEST_32 : size));
    header.putShort((short) bytes.length).putShort((short) (large ? 20 : 0)).put(bytes);
    if (large) {
      header.putShort((short) 1).putShort((short) 16).putLong(size).putLong(size);
    }
    writeAll(header.flip());
    Digesting digesting = new Digesting(block);
    body.writeTo(digesting);
    if (digesting.count != size) {
      throw new IOException(name + " has " + digesting.count + " bytes instead of " + size);
    }
    int crc = (int) digesting.crc.getValue();
    ByteBuffer filled = little(4).putInt(crc).flip();
    long place = at + CRC_AT;
    while (filled.hasRemaining()) {
      place += out.write(filled, place);
    }
    entries.add(new Entry(bytes, size, crc, at));
    return digesting.written(name);
  }

  /** Writes the archive's directory; nothing may be added afterwards. */
  public void finish() throws IOException {
    long at = out.position();
    for (Entry entry : entries) {
      writeAll(directoryEntry(entry));
    }
    long length = out.position() - at;
    ByteBuffer end = little(56 + 20 + 22);
    boolean far = at >= most || length >= most;
    if (far) {
      // Sections 4.3.14 and 4.3.15.
      end.putInt(0x06064b50).putLong(44).putShort((short) ZIP64).putShort((short) ZIP64);
      end.putInt(0).putInt(0).putLong(entries.size()).putLong(entries.size());
      end.putLong(length).putLong(at);
      end.putInt(0x07064b50).putInt(0).putLong(at + length).putInt(1);
    }
    end.putInt(0x06054b50).putShort((short) 0).putShort((short) 0);
    end.putShort((short) entries.size()).putShort((short) entries.size());
    end.putInt((int) (far ? LARGEST_32 : length)).putInt((int) (far ? LARGEST_32 : at));
    end.putShort((short) 0);
    writeAll(end.flip());
  }

  /** Section 4.3.12; a field that is too small for its number says so, and the number follows. */
  private ByteBuffer directoryEntry(Entry entry) {
    boolean large = entry.size() >= most;
    boolean far = entry.at() >= most;
    int extra = (large ? 16 : 0) + (far ? 8 : 0);
    short version = (short) (extra > 0 ? ZIP64 : PLAIN);
    ByteBuffer header = little(46 + entry.name().length + 4 + extra);
    header.putInt(0x02014b50).putShort(version).putShort(version).putShort((short) FLAGS);
    header.putShort((short) 0).putShort((short) dosTime).putShort((short) dosDate);
    header.putInt(entry.crc());
    int size = (int) (large ? LARGEST_32 : entry.size());
    header.putInt(size).putInt(size).putShort((short) entry.name().length);
    header.putShort((short) (extra > 0 ? 4 + extra : 0)).putShort((short) 0).putShort((short) 0);
    header.putShort((short) 0).putInt(0).putInt((int) (far ? LARGEST_32 : entry.at()));
    header.put(entry.name());
    if (extra > 0) {
      header.putShort((short) 1).putShort((short) extra);
    }
    if (large) {
      header.putLong(entry.size()).putLong(entry.size());
    }
    if (far) {
      header.putLong(entry.at());
    }
    return header.flip();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /** Writes on, and takes the digests of what goes through. */
  private final class Digesting implements WritableByteChannel {
    private final MessageDigest whole = Sha256.digest();
    private final MessageDigest part = Sha256.digest();
    private final List<String> blocks = new ArrayList<>();
    private final CRC32 crc = new CRC32();
    private final int block;
    private long count;
    private int inBlock;

    Digesting(int block) {
      this.block = block;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      int length = bytes.remaining();
      crc.update(bytes.duplicate());
      whole.update(bytes.duplicate());
      ByteBuffer rest = bytes.duplicate();
      while (rest.hasRemaining()) {
        ByteBuffer piece = rest.slice(rest.position(), Math.min(rest.remaining(), block - inBlock));
        inBlock += piece.remaining();
        rest.position(rest.position() + piece.remaining());
        part.update(piece);
        if (inBlock == block) {
          endBlock();
        }
      }
      writeAll(bytes);
      count += length;
      return length;
    }

    private void endBlock() {
      blocks.add(HexFormat.of().formatHex(part.digest()));
      inBlock = 0;
    }

    Written written(String name) {
      if (inBlock > 0) {
        endBlock();
      }
      return new Written(
          name, count, HexFormat.of().formatHex(whole.digest()), block, List.copyOf(blocks));
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      // The file is the caller's.
    }
  }
}
