package io.kydai.console.cases;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.kydai.console.evidence.SoftwareVersion;
import io.kydai.console.recordings.RecordingLibrary;
import io.kydai.streaming.evidence.PrivateFiles;
import io.kydai.streaming.export.ExportPlan;
import io.kydai.streaming.export.ExportedVideo;
import io.kydai.streaming.export.RenderedVideo;
import io.kydai.streaming.export.Rendition;
import io.kydai.streaming.export.StoredZip;
import io.kydai.streaming.mp4.SurveillanceMetadata;
import io.kydai.streaming.playback.SegmentFiles;
import io.kydai.streaming.proof.CaseCheck;
import io.kydai.streaming.proof.Sha256;
import io.kydai.streaming.proof.SigningKey;
import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes the archive of a case: the videos of each camera, notes, the manifest, its signature and
 * the key to check it. A file has its name only when it is whole and on the disk.
 */
final class CaseArchive {
  /** The size of a block that has a digest of its own: of 100 GiB they are 2 MB of manifest. */
  private static final int BLOCK = 4 << 20;

  private static final int PIECE = 1 << 20;

  /** Of one camera; a month of files of five minutes is 8,928. */
  private static final int MOST_SEGMENTS = 50_000;

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final RecordingLibrary recordings;
  private final SigningKey key;
  private final Supplier<Optional<String>> head;
  private final CaseClocks clocks;
  private final CaseRenderer renderer;
  private final Clock clock;

  /** What was made. */
  record Made(long size, String sha256) {}

  /**
   * @param head returns the newest link of the chain of evidence
   */
  CaseArchive(
      RecordingLibrary recordings,
      SigningKey key,
      Supplier<Optional<String>> head,
      CaseClocks clocks,
      CaseRenderer renderer,
      Clock clock) {
    this.recordings = recordings;
    this.key = key;
    this.head = head;
    this.clocks = clocks;
    this.renderer = renderer;
    this.clock = clock;
  }

  /**
   * Makes an archive.
   *
   * @param partial where it is written first, in the folder of the file
   * @throws CaseJob.EndedException when the job was ended
   * @throws CaseJob.BoundException when a bound is reached, or nothing was recorded
   * @throws IOException when a recording cannot be read, or the disk does not take the archive
   */
  Made make(ExportedCase one, Path file, Path partial, CaseJob job) throws IOException {
    job.check();
    job.expect(estimate(one));
    try (FileChannel out = PrivateFiles.open(partial, CREATE, TRUNCATE_EXISTING, READ, WRITE)) {
      write(one, out, partial, job);
      out.force(true);
      Made made = new Made(out.size(), digest(out, job));
      Files.move(partial, file, ATOMIC_MOVE);
      PrivateFiles.force(file.resolveSibling(""));
      return made;
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private List<Segment> segments(ExportedCase one, ExportedCase.Camera camera) {
    return recordings.shown(camera.id(), one.wish().from(), one.wish().to(), MOST_SEGMENTS);
  }

  /** Of a file that lies in the span in part, as much of its bytes. */
  private long estimate(ExportedCase one) {
    double sum = 0;
    for (ExportedCase.Camera camera : one.wish().cameras()) {
      for (Segment segment : segments(one, camera)) {
        Instant from = later(segment.start(), one.wish().from());
        Instant to = segment.end().isBefore(one.wish().to()) ? segment.end() : one.wish().to();
        double whole = Duration.between(segment.start(), segment.end()).toMillis();
        double part = Math.max(0, Duration.between(from, to).toMillis());
        sum += segment.bytes() * (whole > 0 ? Math.min(1, part / whole) : 1);
      }
    }
    return (long) sum;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private void write(ExportedCase one, FileChannel out, Path partial, CaseJob job)
      throws IOException {
    Instant madeAt = clock.instant();
    StoredZip zip = new StoredZip(out, madeAt);
    Set<String> names = new HashSet<>();
    List<CaseDocuments.CameraPart> cameras = new ArrayList<>();
    for (ExportedCase.Camera camera : one.wish().cameras()) {
      cameras.add(camera(one, camera, zip, names, partial, job));
    }
    if (cameras.stream().allMatch(part -> part.videos().isEmpty())) {
      throw new CaseJob.BoundException(ExportedCase.Failure.NOTHING_RECORDED);
    }
    StoredZip.Written notes = add(zip, "notes.txt", CaseDocuments.notes(one, cameras));
    byte[] manifest =
        CaseDocuments.manifest(
            one, cameras, notes, key.fingerprint(), head.get().orElse(null), madeAt);
    add(zip, CaseCheck.MANIFEST, manifest);
    add(zip, CaseCheck.SIGNATURE, key.sign(manifest));
    add(zip, SigningKey.PUBLIC_KEY, key.publicPem().getBytes(US_ASCII));
    zip.finish();
  }

  private static StoredZip.Written add(StoredZip zip, String name, byte[] bytes)
      throws IOException {
    return zip.add(name, bytes.length, BLOCK, body -> body.write(ByteBuffer.wrap(bytes)));
  }

  private CaseDocuments.CameraPart camera(
      ExportedCase one,
      ExportedCase.Camera camera,
      StoredZip zip,
      Set<String> names,
      Path partial,
      CaseJob job)
      throws IOException {
    Instant from = one.wish().from();
    Instant to = one.wish().to();
    List<CaseDocuments.Video> videos = new ArrayList<>();
    List<ExportedVideo.Span> spans = new ArrayList<>();
    SegmentFiles places = recordings.files();
    for (List<Segment> segments : ExportPlan.of(places, segments(one, camera))) {
      job.check();
      ExportedVideo video = ExportedVideo.open(places, segments, from, to, true);
      if (video.size() == 0) {
        continue;
      }
      String name = name(camera, video.start(), names);
      SurveillanceMetadata metadata =
          new SurveillanceMetadata(
              "Kydai " + SoftwareVersion.of(),
              clock.instant(),
              one.actor(),
              camera.name(),
              video.start());
      Rendition rendition = renderer.rendition(one, camera);
      StoredZip.Written written;
      RenderedVideo.Rendered rendered = null;
      if (rendition.isNeeded()) {
        CaseRenderer.Made made = renderer.render(video, camera, rendition, partial, job);
        rendered = made.rendered();
        written = addRendered(zip, name, made, metadata.box(1), job);
      } else {
        ByteBuffer box = metadata.box(video.tracks());
        written =
            zip.add(
                name,
                video.size() + box.remaining(),
                BLOCK,
                body -> {
                  video.write(body, job);
                  body.write(box);
                });
      }
      videos.add(
          new CaseDocuments.Video(
              camera.id().value(),
              video.start(),
              video.end(),
              rendered == null ? video.pictures() : rendered.pictures(),
              video.takenByCamera(),
              video.thinned(),
              rendered == null ? null : new CaseDocuments.EncodedAnew(rendition, rendered),
              written));
      spans.addAll(video.spans());
    }
    List<Gap> gaps = recordings.index().gaps(camera.id(), from, to, MOST_SEGMENTS);
    return new CaseDocuments.CameraPart(
        camera,
        clocks.offset(camera.id()).orElse(null),
        CaseGaps.of(from, to, spans, gaps),
        videos);
  }

  private static StoredZip.Written addRendered(
      StoredZip zip, String name, CaseRenderer.Made made, ByteBuffer box, CaseJob job)
      throws IOException {
    try (FileChannel in = FileChannel.open(made.file(), READ)) {
      return zip.add(
          name,
          made.size() + box.remaining(),
          BLOCK,
          body -> {
            copy(in, body, job);
            body.write(box);
          });
    } finally {
      Files.deleteIfExists(made.file());
    }
  }

  private static void copy(FileChannel in, WritableByteChannel body, CaseJob job)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(PIECE);
    while (in.read(buffer.clear()) > 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        body.write(buffer);
      }
      job.looked();
    }
  }

  private static String name(ExportedCase.Camera camera, Instant start, Set<String> names) {
    String stem = camera.id().value() + '-' + NAME.format(start);
    String name = stem + ".mp4";
    for (int number = 2; !names.add(name); number++) {
      name = stem + '-' + number + ".mp4";
    }
    return name;
  }

  /** Reads the archive again, as it is on the disk. */
  private static String digest(FileChannel file, CaseJob job) throws IOException {
    MessageDigest digest = Sha256.digest();
    ByteBuffer buffer = ByteBuffer.allocate(PIECE);
    long at = 0;
    int count;
    while ((count = file.read(buffer.clear(), at)) > 0) {
      digest.update(buffer.flip());
      at += count;
      job.looked();
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
