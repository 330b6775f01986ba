package io.kydai.streaming.signedvideo;

import io.kydai.streaming.mp4.SampleTable;
import io.kydai.streaming.signedvideo.SignedVideo.Problem;
import io.kydai.streaming.signedvideo.SignedVideo.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The check of a file against the signatures that its camera put into it. The file is read twice
 * where it has any, a picture at a time.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>a picture</td><td>{@value #MOST_PICTURE_BYTES} bytes</td></tr>
 * <tr><td>signing documents</td><td>{@value #MOST_DOCUMENT_BYTES} bytes together</td></tr>
 * </table>
 *
 * <p>A file that exceeds them is {@link State#UNCHECKED}.
 */
public final class SignedVideoCheck {
  static final int MOST_PICTURE_BYTES = 16 << 20;
  static final int MOST_DOCUMENT_BYTES = 32 << 20;

  /** As many documents may be about what was before the file, as signing takes its time. */
  private static final int MOST_BEFORE = 2;

  private final FileChannel file;
  private final SampleTable table;
  private final boolean h265;
  private final List<SigningDocument> read = new ArrayList<>();
  private int documents;
  private long documentBytes;
  private SeiMessage.@Nullable Format format;
  private @Nullable String unreadable;

  private SignedVideoCheck(FileChannel file, SampleTable table) {
    this.file = file;
    this.table = table;
    h265 = table.codec().startsWith("h");
  }

  /**
   * Checks a file.
   *
   * @param roots the root certificates of cameras' makers, and of the operator, that are trusted
   * @param recorded about when the video was taken, at which certificates are to be valid where the
   *     camera's documents have no time of a calendar
   * @throws IOException when the file cannot be read, or is no MP4 file with an index
   */
  public static SignedVideo run(Path file, Collection<X509Certificate> roots, Instant recorded)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      SampleTable table = SampleTable.read(channel);
      return table.lengthBytes() == 0
          ? SignedVideo.none()
          : new SignedVideoCheck(channel, table).check(roots, recorded);
    }
  }

  private interface NalUnitReader {
    void read(int nal, double seconds, byte[] bytes);
  }

  private SignedVideo check(Collection<X509Certificate> roots, Instant recorded)
      throws IOException {
    forEachNalUnit((nal, seconds, bytes) -> find(bytes));
    SeiMessage.Format found = format;
    if (found == null) {
      return SignedVideo.none();
    }
    if (documentBytes > MOST_DOCUMENT_BYTES) {
      return SignedVideo.unchecked("it has too many signing documents", documents);
    }
    if (unreadable != null) {
      return SignedVideo.unchecked(unreadable, documents);
    }
    Signers signers =
        found == SeiMessage.Format.ONVIF ? new OnvifSigners(roots) : new AxisSigners(roots);
    read.forEach(signers::learn);
    boolean told =
        found == SeiMessage.Format.ONVIF
            ? read.stream().anyMatch(document -> document.hashOid() != null)
            : !signers.isEmpty();
    if (!told) {
      return SignedVideo.unchecked(
          "the camera sends its "
              + (found == SeiMessage.Format.ONVIF ? "certificate" : "key")
              + " only at the start of a stream, which is not in the file",
          documents);
    }
    SigningHash hash = hash();
    if (hash == null) {
      return SignedVideo.unchecked("it does not say by one known digest what it signs", documents);
    }
    if (signers.isEmpty()) {
      return SignedVideo.unchecked("it has no certificate of its signer", documents);
    }
    return check(hash, signers, recorded);
  }

  private void find(byte[] nal) {
    if (NalUnitKind.of(nal, h265) != NalUnitKind.SEI) {
      return;
    }
    SeiMessage.Format own = SeiMessage.format(nal, h265);
    if (own == null) {
      return;
    }
    if (format != null && format != own) {
      unreadable = "it is signed in two formats";
    }
    format = own;
    documents++;
    documentBytes += nal.length;
    if (documentBytes > MOST_DOCUMENT_BYTES) {
      return;
    }
    try {
      SeiMessage message = SeiMessage.read(nal, h265);
      read.add(
          own == SeiMessage.Format.ONVIF
              ? OnvifDocument.read(message)
              : AxisDocument.read(message, own == SeiMessage.Format.AXIS_FIRST));
    } catch (SigningDocument.UnreadableException e) {
      unreadable = e.getMessage();
    }
  }

  private @Nullable SigningHash hash() {
    SigningHash found = null;
    for (SigningDocument document : read) {
      byte[] oid = document.hashOid();
      if (oid != null) {
        SigningHash own = SigningHash.of(oid);
        if (own == null || found != null && own != found) {
          return null;
        }
        found = own;
      }
    }
    SigningHash hash = found == null && format != SeiMessage.Format.ONVIF ? usual() : found;
    boolean fits = hash != null && groups().allMatch(group -> hashBytes(group) == hash.bytes());
    return fits ? hash : null;
  }

  /** Axis' cameras need not say what digest they use, whose length shows it. */
  private @Nullable SigningHash usual() {
    return groups().findFirst().map(group -> SigningHash.ofBytes(hashBytes(group))).orElse(null);
  }

  private Stream<SigningDocument.Group> groups() {
    return read.stream().map(SigningDocument::group).filter(Objects::nonNull);
  }

  private static int hashBytes(SigningDocument.Group group) {
    int bytes = group.hash().length;
    return bytes == 0 ? SigningHash.SHA256.bytes() : bytes;
  }

  private SignedVideo check(SigningHash hash, Signers signers, Instant recorded)
      throws IOException {
    List<HashedUnit> units = new ArrayList<>();
    List<PlacedDocument> placed = new ArrayList<>();
    List<Problem> wrong = new ArrayList<>();
    GroupHashes hashes = new GroupHashes(hash);
    boolean closed = format == SeiMessage.Format.AXIS_FIRST;
    Iterator<SigningDocument> inOrder = read.iterator();
    forEachNalUnit(
        (nal, seconds, bytes) -> {
          NalUnitKind kind = NalUnitKind.of(bytes, h265);
          if (kind == NalUnitKind.GROUP_START || kind == NalUnitKind.SLICE) {
            byte[] closing =
                closed && kind == NalUnitKind.GROUP_START ? hashes.closing(bytes) : null;
            if (closing != null) {
              units.add(new HashedUnit(nal, seconds, NalUnitKind.SLICE, closing));
            }
            units.add(new HashedUnit(nal, seconds, kind, hashes.slice(kind, bytes)));
          } else if (kind == NalUnitKind.SEI && SeiMessage.format(bytes, h265) != null) {
            SigningDocument document = inOrder.next();
            PlacedDocument one = new PlacedDocument(nal, seconds, units.size(), document);
            byte[] signature = document.signature();
            if (signature == null) {
              units.add(
                  new HashedUnit(nal, seconds, kind, hash.of(List.of(document.hashedBytes()))));
            } else if (!signers.signed(document, signature, hash)) {
              wrong.add(new Problem(seconds, seconds, nal, nal, "a signature is not right"));
            }
            // The first one of a stream in Axis' first version is about what the next one is.
            if (!document.certificateOnly() && !(closed && document.units() == 1)) {
              placed.add(one);
            }
          }
        });
    if (closed) {
      placed.replaceAll(one -> one.closing(units.size()));
    }
    int signed = placed.size();
    while (signed > 0 && placed.get(signed - 1).document().signature() == null) {
      signed--;
    }
    Coverage coverage = new Coverage(units, signers.seal(hash));
    wrong.forEach(coverage::add);
    placed.subList(0, signed).forEach(coverage::add);
    coverage.end();
    if (coverage.exhausted()) {
      return SignedVideo.unchecked("the place of its signatures was not found in time", documents);
    }
    if (coverage.nothing() && signed > MOST_BEFORE) {
      HashedUnit last = units.isEmpty() ? null : units.get(units.size() - 1);
      coverage.add(
          new Problem(
              0,
              last == null ? 0 : last.seconds(),
              0,
              last == null ? 0 : last.nal(),
              "no picture is what a signature says"));
    }
    if (signers.changed()) {
      PlacedDocument first = placed.get(0);
      coverage.add(
          new Problem(
              first.seconds(),
              placed.get(placed.size() - 1).seconds(),
              first.nal(),
              placed.get(placed.size() - 1).nal(),
              "the signer changes"));
    }
    if (coverage.problems().isEmpty() && coverage.isEmpty()) {
      return SignedVideo.unchecked("no signature in the file is of a picture in it", documents);
    }
    State state =
        !coverage.problems().isEmpty()
            ? State.INVALID
            : signers.trusted(time(placed.get(0), recorded)) ? State.VALID : State.UNKNOWN_SIGNER;
    return new SignedVideo(
        state,
        null,
        signers.name(),
        coverage.fromSeconds(),
        coverage.toSeconds(),
        documents,
        coverage.problems());
  }

  private static Instant time(PlacedDocument first, Instant otherwise) {
    Instant told = first.group().start();
    return told == null ? otherwise : told;
  }

  private void forEachNalUnit(NalUnitReader reader) throws IOException {
    int nal = 0;
    for (int sample = 0; sample < table.sizes().length; sample++) {
      ByteBuffer picture = picture(sample);
      while (picture.remaining() >= table.lengthBytes()) {
        int length = 0;
        for (int i = 0; i < table.lengthBytes(); i++) {
          length = length << 8 | picture.get() & 0xff;
        }
        if (length < 0 || length > picture.remaining()) {
          throw new IOException("a NAL unit of picture " + sample + " is cut off");
        }
        byte[] bytes = new byte[length];
        picture.get(bytes);
        reader.read(nal++, table.seconds()[sample], trimmed(bytes));
      }
    }
  }

  /** Zero bytes behind a NAL unit are none of it, and writers of files add some. */
  private static byte[] trimmed(byte[] nal) {
    int end = nal.length;
    while (end > 0 && nal[end - 1] == 0) {
      end--;
    }
    return end == nal.length ? nal : Arrays.copyOf(nal, end);
  }

  private ByteBuffer picture(int sample) throws IOException {
    int size = table.sizes()[sample];
    if (size > MOST_PICTURE_BYTES) {
      throw new IOException(
          "picture " + sample + " has more than " + MOST_PICTURE_BYTES + " bytes");
    }
    ByteBuffer picture = ByteBuffer.allocate(size);
    while (picture.hasRemaining()) {
      if (file.read(picture, table.offsets()[sample] + picture.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return picture.flip();
  }
}
