package io.kydai.streaming.mp4;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kydai.streaming.mp4.RecordedFragment.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a recorded file contains, read from the file alone. A file may end anywhere, as a crash or a
 * full disk left it: whatever is not a whole fragment at its end is not part of it.
 *
 * <p>Bounds: 1 MiB for {@code ftyp} and {@code moov} together and for each {@code moof}, 65,536
 * fragments and 65,536 pictures in each. What exceeds them is damage, as is any other deviation
 * from what {@link FragmentGroup} writes; the file ends before it.
 *
 * @param initialisation {@code ftyp} and {@code moov}, byte for byte; empty when even these are not
 *     whole
 * @param fragments in the order of the file
 * @param wholeBytes up to which the file is whole, in bytes
 * @param damage what follows, when that is more than a fragment that was not written to its end
 */
public record RecordedFile(
    ByteBuffer initialisation,
    List<RecordedFragment> fragments,
    long wholeBytes,
    @Nullable String damage) {
  private static final int MOST_HEADER_BYTES = 1 << 20;
  private static final int MOST_FRAGMENTS = 1 << 16;
  private static final int MOST_SAMPLES = 1 << 16;
  private static final int BOX_HEADER = 8;

  /**
   * Reads what is whole of a file.
   *
   * @throws IOException when the file cannot be read; never for what it contains
   */
  public static RecordedFile read(FileChannel file) throws IOException {
    return new Reader(file).read();
  }

  /**
   * Returns the type of the sample entry, such as {@code avc1}.
   *
   * @throws IOException when there is none
   */
  public String codec() throws IOException {
    return Boxes.type(SampleEntry.of(initialisation));
  }

  /**
   * Returns the parameter sets of the pictures, each behind its length of four bytes.
   *
   * @throws IOException when they are not there
   */
  public ByteBuffer parameterSets() throws IOException {
    return SampleEntry.parameterSets(SampleEntry.of(initialisation));
  }

  /** A box that starts at an offset of the file. */
  private record Box(String type, long offset, long size) {
    long end() {
      return offset + size;
    }
  }

  private static final class Reader {
    private final FileChannel file;
    private final long length;
    private final List<RecordedFragment> fragments = new ArrayList<>();
    private long position;
    private @Nullable String damage;

    Reader(FileChannel file) throws IOException {
      this.file = file;
      length = file.size();
    }

    RecordedFile read() throws IOException {
      Box ftyp = expect("ftyp");
      Box moov = ftyp == null ? null : expect("moov");
      if (moov == null || moov.end() > MOST_HEADER_BYTES) {
        return new RecordedFile(ByteBuffer.allocate(0), List.of(), 0, damage);
      }
      ByteBuffer header = bytes(0, (int) moov.end());
      while (fragments.size() < MOST_FRAGMENTS && fragment()) {
        position = fragments.get(fragments.size() - 1).end();
      }
      long whole = fragments.isEmpty() ? moov.end() : fragments.get(fragments.size() - 1).end();
      return new RecordedFile(header, List.copyOf(fragments), whole, damage);
    }

    private boolean fragment() throws IOException {
      Box prft = expect("prft");
      Box moof = prft == null ? null : expect("moof");
      Box mdat = moof == null ? null : expect("mdat");
      if (prft == null || moof == null || mdat == null) {
        return false;
      }
      if (prft.size() != 32 || moof.size() > MOST_HEADER_BYTES) {
        damage = "a fragment at byte " + prft.offset() + " has boxes of impossible sizes";
        return false;
      }
      try {
        fragments.add(parse(prft, moof, mdat));
        return true;
      } catch (MalformedBoxException e) {
        damage = "the fragment at byte " + prft.offset() + ": " + e.getMessage();
        return false;
      }
    }

    /** Reads the next box's header; null where the file ends before the box does. */
    private @Nullable Box expect(String type) throws IOException {
      if (length - position < BOX_HEADER) {
        return null;
      }
      ByteBuffer header = bytes(position, BOX_HEADER);
      long size = header.getInt() & 0xffff_ffffL;
      String found = US_ASCII.decode(header).toString();
      if (!found.equals(type) || size < BOX_HEADER) {
        damage = "byte " + position + " should begin a box of type " + type;
        return null;
      }
      if (size > length - position) {
        return null;
      }
      Box box = new Box(type, position, size);
      position += size;
      return box;
    }

    private RecordedFragment parse(Box prft, Box moof, Box mdat)
        throws IOException, MalformedBoxException {
      ByteBuffer time = bytes(prft.offset() + BOX_HEADER, (int) prft.size() - BOX_HEADER);
      int flags = time.getInt() & 0xffffff;
      time.getInt();
      Instant wallClock = FragmentGroup.time(time.getLong());
      long mediaTime = time.getLong();
      ByteBuffer traf =
          Boxes.content(
              Boxes.required(
                  bytes(moof.offset() + BOX_HEADER, (int) moof.size() - BOX_HEADER), "traf"));
      ByteBuffer tfdt = Boxes.content(Boxes.required(traf, "tfdt"));
      if (tfdt.remaining() < 12) {
        throw new MalformedBoxException("tfdt is too short");
      }
      long decodeTime = tfdt.getLong(4);
      Samples samples = samples(Boxes.content(Boxes.required(traf, "trun")), mdat);
      return new RecordedFragment(
          prft.offset(),
          mdat.offset() + BOX_HEADER,
          mdat.end(),
          decodeTime,
          mediaTime,
          wallClock,
          flags == FragmentGroup.TAKEN,
          samples);
    }

    private static Samples samples(ByteBuffer trun, Box mdat) throws MalformedBoxException {
      if (trun.remaining() < 12) {
        throw new MalformedBoxException("trun is too short");
      }
      boolean ours = (trun.getInt() & 0xffffff) == Fragments.OFFSET_DURATION_SIZE_FLAGS_COMPOSITION;
      int count = trun.getInt();
      trun.getInt();
      if (!ours || count < 1 || count > MOST_SAMPLES || trun.remaining() != 16L * count) {
        throw new MalformedBoxException("trun has another form");
      }
      long[] durations = new long[count];
      int[] sizes = new int[count];
      boolean[] keyFrames = new boolean[count];
      long[] offsets = new long[count];
      long sum = 0;
      for (int i = 0; i < count; i++) {
        durations[i] = trun.getInt() & 0xffff_ffffL;
        sizes[i] = trun.getInt();
        keyFrames[i] = trun.getInt() == (int) Fragments.SYNC_SAMPLE;
        offsets[i] = trun.getInt() & 0xffff_ffffL;
        if (sizes[i] < 0) {
          throw new MalformedBoxException("picture " + i + " has a negative size");
        }
        sum += sizes[i];
      }
      if (sum != mdat.size() - BOX_HEADER) {
        throw new MalformedBoxException("the pictures' sizes are not those of mdat");
      }
      return new Samples(durations, sizes, keyFrames, offsets);
    }

    private ByteBuffer bytes(long from, int count) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(count);
      while (buffer.hasRemaining()) {
        if (file.read(buffer, from + buffer.position()) < 0) {
          throw new IOException("the file became shorter while it was read");
        }
      }
      return buffer.flip();
    }
  }
}
