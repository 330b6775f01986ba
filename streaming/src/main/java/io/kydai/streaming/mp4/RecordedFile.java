package io.kydai.streaming.mp4;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kydai.streaming.mp4.RecordedFragment.Samples;
import io.kydai.streaming.mp4.RecordedFragment.Sound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a recorded file contains, read from the file alone. A file may end anywhere, as a crash or a
 * full disk left it: whatever is not a whole fragment at its end is not part of it. Where a
 * fragment in the middle is damaged, the file goes on with the next whole one that begins with a
 * key frame.
 *
 * <p>Bounds: 1 MiB for {@code ftyp} and {@code moov} together and for each {@code moof}, 65,536
 * fragments and 65,536 pictures in each, and {@value #MOST_DAMAGES} damaged places, behind which
 * the file ends. What exceeds them is damage, as is any other deviation from what {@link
 * FragmentGroup} writes.
 *
 * @param initialisation {@code ftyp} and {@code moov}, byte for byte; empty when even these are not
 *     whole
 * @param fragments in the order of the file
 * @param wholeBytes up to which the file is to be kept: the end of the last fragment where only one
 *     that was not written to its end follows, else the end of the file
 * @param damage what before that cannot be read, in the order of the file
 */
public record RecordedFile(
    ByteBuffer initialisation,
    List<RecordedFragment> fragments,
    long wholeBytes,
    List<Damage> damage) {
  /** As many damaged places of a file are told, and what is behind them as one more. */
  public static final int MOST_DAMAGES = 64;

  private static final int MOST_HEADER_BYTES = 1 << 20;
  private static final int MOST_FRAGMENTS = 1 << 16;
  private static final int MOST_SAMPLES = 1 << 16;
  private static final int BOX_HEADER = 8;
  private static final int WINDOW = 1 << 16;

  /** How the box at a fragment's beginning begins: its size and its type. */
  private static final byte[] MARK = {0, 0, 0, 32, 'p', 'r', 'f', 't'};

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

  /**
   * Returns what tells how the sound is decoded, {@code stsd}; null where the file has no sound.
   *
   * @throws IOException when the track is not as this program writes it
   */
  public @Nullable ByteBuffer soundDescription() throws IOException {
    ByteBuffer track = soundTrack();
    return track == null ? null : SampleEntry.inMedia(track, "minf", "stbl", "stsd");
  }

  /**
   * Returns the ticks in a second of the times of the sound.
   *
   * @throws IOException when the file has no sound
   */
  public int soundTimescale() throws IOException {
    return soundTimescale(initialisation);
  }

  static int soundTimescale(ByteBuffer initialisation) throws IOException {
    ByteBuffer track =
        initialisation.hasRemaining() ? SampleEntry.soundTrack(initialisation) : null;
    if (track == null) {
      throw new IOException("a recorded file has no sound");
    }
    ByteBuffer header = Boxes.content(SampleEntry.inMedia(track, "mdhd"));
    int timescale = header.remaining() < 24 ? 0 : header.getInt(20);
    if (timescale < 1) {
      throw new IOException("the sound of a recorded file has no time scale");
    }
    return timescale;
  }

  private @Nullable ByteBuffer soundTrack() throws IOException {
    return initialisation.hasRemaining() ? SampleEntry.soundTrack(initialisation) : null;
  }

  /**
   * Bytes that cannot be read, or not be decoded since what they refer to is not there.
   *
   * @param from the first byte
   * @param to the last byte, exclusive
   */
  public record Damage(long from, long to, String what) {}

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
    private final List<Damage> damages = new ArrayList<>();
    private long position;
    private @Nullable String fault;

    Reader(FileChannel file) throws IOException {
      this.file = file;
      length = file.size();
    }

    RecordedFile read() throws IOException {
      Box ftyp = expect("ftyp");
      Box moov = ftyp == null ? null : expect("moov");
      if (moov == null || moov.end() > MOST_HEADER_BYTES) {
        String what = fault;
        return new RecordedFile(
            ByteBuffer.allocate(0),
            List.of(),
            0,
            what == null ? List.of() : List.of(new Damage(0, length, what)));
      }
      ByteBuffer header = bytes(0, (int) moov.end());
      long whole = moov.end();
      while (fragments.size() < MOST_FRAGMENTS && (fragment() || findNext(whole))) {
        whole = fragments.get(fragments.size() - 1).end();
        position = whole;
      }
      if (fragments.size() == MOST_FRAGMENTS && whole < length) {
        damages.add(new Damage(whole, length, "more than " + MOST_FRAGMENTS + " fragments"));
      }
      boolean endsInDamage = !damages.isEmpty() && damages.get(damages.size() - 1).to() == length;
      return new RecordedFile(
          header, List.copyOf(fragments), endsInDamage ? length : whole, List.copyOf(damages));
    }

    /**
     * Goes on behind damage: finds the next whole fragment that begins with a key frame. Where
     * there is none, the rest is damage if a whole fragment is in it, which cannot be decoded
     * alone; if not, a fragment was not written to its end.
     *
     * @param from the end of the last fragment that was whole
     * @return whether there is one
     */
    private boolean findNext(long from) throws IOException {
      String what = fault == null ? "a fragment does not end where it says" : fault;
      boolean isTorn = true;
      long at = from + 1;
      while (damages.size() < MOST_DAMAGES) {
        at = nextMark(at);
        if (at < 0) {
          if (!isTorn) {
            damages.add(new Damage(from, length, what));
          }
          return false;
        }
        position = at;
        if (fragment()) {
          RecordedFragment found = fragments.get(fragments.size() - 1);
          if (found.keyFrame()) {
            damages.add(new Damage(from, at, what));
            return true;
          }
          fragments.remove(fragments.size() - 1);
          isTorn = false;
          at = found.end();
        } else {
          at++;
        }
      }
      damages.add(new Damage(from, length, "more than " + MOST_DAMAGES + " places are damaged"));
      return false;
    }

    /** Returns where the next {@code prft} box may begin, at or after a byte; -1 for nowhere. */
    private long nextMark(long from) throws IOException {
      for (long at = from; at + MARK.length <= length; at += WINDOW - MARK.length + 1) {
        byte[] window = bytes(at, (int) Math.min(WINDOW, length - at)).array();
        for (int i = 0; i + MARK.length <= window.length; i++) {
          if (Arrays.equals(window, i, i + MARK.length, MARK, 0, MARK.length)) {
            return at + i;
          }
        }
      }
      return -1;
    }

    private boolean fragment() throws IOException {
      fault = null;
      Box prft = expect("prft");
      Box moof = prft == null ? null : expect("moof");
      Box mdat = moof == null ? null : expect("mdat");
      if (prft == null || moof == null || mdat == null) {
        return false;
      }
      if (prft.size() != 32 || moof.size() > MOST_HEADER_BYTES) {
        fault = "a fragment at byte " + prft.offset() + " has boxes of impossible sizes";
        return false;
      }
      try {
        fragments.add(parse(prft, moof, mdat));
        return true;
      } catch (MalformedBoxException e) {
        fault = "the fragment at byte " + prft.offset() + ": " + e.getMessage();
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
        fault = "byte " + position + " should begin a box of type " + type;
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
      ByteBuffer boxes = bytes(moof.offset() + BOX_HEADER, (int) moof.size() - BOX_HEADER);
      ByteBuffer traf = Boxes.content(Boxes.required(boxes, "traf"));
      ByteBuffer tfdt = Boxes.content(Boxes.required(traf, "tfdt"));
      if (tfdt.remaining() < 12) {
        throw new MalformedBoxException("tfdt is too short");
      }
      long decodeTime = tfdt.getLong(4);
      Samples samples = samples(Boxes.content(Boxes.required(traf, "trun")));
      long media = mdat.offset() + BOX_HEADER;
      long left = mdat.end() - media;
      for (int size : samples.sizes()) {
        left -= size;
      }
      List<ByteBuffer> tracks = Boxes.all(boxes, "traf");
      Sound sound = tracks.size() < 2 ? null : sound(tracks.get(1), mdat.end() - left);
      if (sound != null) {
        for (int size : sound.sizes()) {
          left -= size;
        }
      }
      if (left != 0) {
        throw new MalformedBoxException("the samples' sizes are not those of mdat");
      }
      return new RecordedFragment(
          prft.offset(),
          media,
          mdat.end(),
          decodeTime,
          mediaTime,
          wallClock,
          flags == FragmentGroup.TAKEN,
          samples,
          sound);
    }

    /**
     * @param offset at which the sound begins in the file
     */
    private static Sound sound(ByteBuffer track, long offset) throws MalformedBoxException {
      ByteBuffer traf = Boxes.content(track);
      ByteBuffer tfdt = Boxes.content(Boxes.required(traf, "tfdt"));
      ByteBuffer trun = Boxes.content(Boxes.required(traf, "trun"));
      if (tfdt.remaining() < 12 || trun.remaining() < 12) {
        throw new MalformedBoxException("a box of the sound is too short");
      }
      boolean ours = (trun.getInt() & 0xffffff) == Fragments.OFFSET_DURATION_SIZE;
      int count = trun.getInt();
      trun.getInt();
      if (!ours || count < 1 || count > MOST_SAMPLES || trun.remaining() != 8L * count) {
        throw new MalformedBoxException("trun of the sound has another form");
      }
      int[] durations = new int[count];
      int[] sizes = new int[count];
      for (int i = 0; i < count; i++) {
        durations[i] = trun.getInt();
        sizes[i] = trun.getInt();
        if (durations[i] < 0 || sizes[i] < 0) {
          throw new MalformedBoxException("frame " + i + " of the sound has a negative size");
        }
      }
      return new Sound(offset, tfdt.getLong(4), durations, sizes);
    }

    private static Samples samples(ByteBuffer trun) throws MalformedBoxException {
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
      for (int i = 0; i < count; i++) {
        durations[i] = trun.getInt() & 0xffff_ffffL;
        sizes[i] = trun.getInt();
        keyFrames[i] = trun.getInt() == (int) Fragments.SYNC_SAMPLE;
        offsets[i] = trun.getInt() & 0xffff_ffffL;
        if (sizes[i] < 0) {
          throw new MalformedBoxException("picture " + i + " has a negative size");
        }
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
