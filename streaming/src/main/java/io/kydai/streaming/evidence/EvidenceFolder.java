package io.kydai.streaming.evidence;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.time.ZoneOffset.UTC;
import static java.util.Comparator.reverseOrder;

import io.kydai.analytics.alert.AlertId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of evidence. A file lies at {@code <evidence>/<yyyy-MM-dd>/<alert>/<name>}, where the
 * day is that of the alert's start in UTC.
 *
 * <p>A file is written in {@code <evidence>/.partial}, forced to the disk, and renamed: under its
 * name it is always whole. What a crash left in {@code .partial} is deleted at start. Names are
 * checked against what they may consist of before they become part of a path. Only the node's user
 * can read files and folders ({@link PrivateFiles}). Safe for many threads.
 */
public final class EvidenceFolder {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceFolder.class);

  /** The folder of the records of deletions, in that of the evidence. */
  public static final String DELETIONS = "deletions";

  /** The folder of the time-stamps of the chain, in that of the evidence. */
  public static final String TIME_STAMPS = "timestamps";

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}\\.[a-z0-9]{1,8}");
  private static final Map<String, String> MEDIA_TYPES =
      Map.of("jpg", "image/jpeg", "mp4", "video/mp4", "json", "application/json");
  private static final int PIECE = 64 * 1024;
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private final Path root;
  private final Path partial;
  private final AtomicLong partials = new AtomicLong();

  /** A writer of one file's content. */
  @FunctionalInterface
  public interface Content {
    /** Writes the whole content; the channel is closed by the folder. */
    void writeTo(WritableByteChannel out) throws IOException;
  }

  /**
   * Creates the folder where there is none, and deletes what a crash left half-written.
   *
   * @param root of all evidence
   * @throws UncheckedIOException when that fails; the message names the folder
   */
  public EvidenceFolder(Path root) {
    this.root = root;
    partial = root.resolve(".partial");
    try {
      PrivateFiles.createDirectories(partial);
      PrivateFiles.takeFromOthers(root);
      try (Stream<Path> left = Files.list(partial)) {
        for (Path file : left.toList()) {
          Files.delete(file);
          LOG.warn("evidence: deleted half-written {}", file.getFileName());
        }
      }
      PrivateFiles.force(root);
      Path above = root.toRealPath().getParent();
      if (above != null) {
        PrivateFiles.force(above);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("evidence: cannot use the folder " + root, e);
    }
  }

  /**
   * Writes a file whole, or not at all.
   *
   * @throws IllegalArgumentException when the name cannot be part of a path
   */
  EvidenceItem write(AlertId alert, Instant start, String name, String mediaType, Content content)
      throws IOException {
    if (!isName(name)) {
      throw new IllegalArgumentException("evidence: not a name for a file");
    }
    Path day = root.resolve(LocalDate.ofInstant(start, UTC).toString());
    return write(day.resolve(alert.value()), day, name, mediaType, content);
  }

  /** Returns whether a name can be that of a file of evidence; such a one leaves no folder. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * Writes a small file about an alert's evidence whole, or not at all.
   *
   * @throws IllegalArgumentException when the name cannot be part of a path
   * @throws IOException when it cannot be written
   */
  public void add(AlertId alert, Instant start, String name, byte[] content) throws IOException {
    write(alert, start, name, "", out -> out.write(ByteBuffer.wrap(content)));
  }

  /**
   * Writes the clip of an alert whole, or not at all; one that is there is replaced.
   *
   * @param start of the alert
   * @throws IOException when it cannot be written
   */
  public EvidenceItem addClip(AlertId alert, Instant start, Content content) throws IOException {
    return write(alert, start, "clip.mp4", "video/mp4", content);
  }

  /**
   * Writes a record of what was deleted whole, or not at all, into the folder {@code deletions}.
   *
   * @throws IllegalArgumentException when the name cannot be part of a path
   * @throws IOException when it cannot be written
   */
  public void addDeletion(String name, byte[] content) throws IOException {
    if (!isName(name)) {
      throw new IllegalArgumentException("evidence: not a name for a file");
    }
    write(root.resolve(DELETIONS), root, name, "", out -> out.write(ByteBuffer.wrap(content)));
  }

  /**
   * Writes a time-stamp of the chain whole, or not at all, into the folder {@code timestamps}.
   *
   * @throws IllegalArgumentException when the name cannot be part of a path
   * @throws IOException when it cannot be written
   */
  public void addTimeStamp(String name, byte[] content) throws IOException {
    if (!isName(name)) {
      throw new IllegalArgumentException("evidence: not a name for a file");
    }
    write(root.resolve(TIME_STAMPS), root, name, "", out -> out.write(ByteBuffer.wrap(content)));
  }

  private EvidenceItem write(
      Path folder, Path above, String name, String mediaType, Content content) throws IOException {
    Path file = partial.resolve(partials.incrementAndGet() + "-" + name);
    try {
      DigestChannel digest;
      try (FileChannel channel = PrivateFiles.open(file, CREATE, TRUNCATE_EXISTING, WRITE)) {
        digest = new DigestChannel(channel);
        content.writeTo(digest);
        channel.force(true);
      }
      if (!Files.isDirectory(folder)) {
        PrivateFiles.createDirectories(folder);
        PrivateFiles.force(above);
        PrivateFiles.force(root);
      }
      Files.move(file, folder.resolve(name), ATOMIC_MOVE, REPLACE_EXISTING);
      PrivateFiles.force(folder);
      return new EvidenceItem(name, mediaType, digest.size(), digest.sha256());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Finds a whole file of an alert.
   *
   * @return its path; empty when there is no such file, and for a name that is not allowed
   */
  public Optional<Path> find(AlertId alert, String name) {
    if (!isName(name)) {
      return Optional.empty();
    }
    return days().stream()
        .map(day -> day.resolve(alert.value()).resolve(name))
        .filter(file -> Files.isRegularFile(file, NOFOLLOW_LINKS))
        .findFirst();
  }

  /**
   * Lists the alerts that have a folder in the newest days.
   *
   * @param newest how many of the days that have folders
   */
  public List<AlertId> alerts(int newest) {
    List<AlertId> alerts = new ArrayList<>();
    for (Path day : days().stream().limit(newest).toList()) {
      names(day, AlertId::valid).stream().map(AlertId::of).forEach(alerts::add);
    }
    return alerts;
  }

  /** Lists the names of the records of deletions and their signatures. */
  public List<String> deletions() {
    return names(DELETIONS);
  }

  /** Lists the names of the time-stamps of the chain. */
  public List<String> timeStamps() {
    return names(TIME_STAMPS);
  }

  private List<String> names(String below) {
    Path folder = root.resolve(below);
    return Files.isDirectory(folder, NOFOLLOW_LINKS)
        ? names(folder, EvidenceFolder::isName)
        : List.of();
  }

  /** Lists the names of an alert's whole files; none where it has no folder. */
  public List<String> names(AlertId alert) {
    return folders(alert).stream()
        .flatMap(folder -> names(folder, NAME.asMatchPredicate()).stream())
        .toList();
  }

  private static List<String> names(Path folder, Predicate<String> wanted) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).filter(wanted).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("evidence: cannot read the folder " + folder, e);
    }
  }

  private List<Path> folders(AlertId alert) {
    return days().stream()
        .map(day -> day.resolve(alert.value()))
        .filter(folder -> Files.isDirectory(folder, NOFOLLOW_LINKS))
        .toList();
  }

  /**
   * Describes a file that is there as it was described when it was written.
   *
   * @return empty when there is no such whole file, or when its ending is none of evidence
   * @throws IOException when the file cannot be read
   */
  public Optional<EvidenceItem> describe(AlertId alert, String name) throws IOException {
    Optional<Path> file = find(alert, name);
    Optional<String> mediaType =
        Optional.ofNullable(MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
    if (file.isEmpty() || mediaType.isEmpty()) {
      return Optional.empty();
    }
    DigestChannel digest = new DigestChannel(Channels.newChannel(OutputStream.nullOutputStream()));
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    try (FileChannel in = FileChannel.open(file.get(), READ, NOFOLLOW_LINKS)) {
      while (in.read(piece) >= 0) {
        piece.flip();
        while (piece.hasRemaining()) {
          digest.write(piece);
        }
        piece.clear();
      }
    }
    return Optional.of(new EvidenceItem(name, mediaType.get(), digest.size(), digest.sha256()));
  }

  /**
   * Deletes an alert's folder with what is in it; does nothing where there is none.
   *
   * @throws IOException when something cannot be deleted
   */
  public void delete(AlertId alert) throws IOException {
    for (Path folder : folders(alert)) {
      try (Stream<Path> entries = Files.walk(folder)) {
        for (Path entry : entries.sorted(reverseOrder()).toList()) {
          Files.delete(entry);
        }
      }
    }
  }

  /** Lists the folders of days, the newest first, since people mostly look at that. */
  private List<Path> days() {
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .filter(entry -> DAY.matcher(entry.getFileName().toString()).matches())
          .sorted(reverseOrder())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("evidence: cannot read the folder " + root, e);
    }
  }
}
