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

import io.kydai.streaming.EvidenceItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files: {@code <evidence>/<yyyy-MM-dd>/<alert>/<name>}, the day being the alert's start in
 * UTC.
 *
 * <p>A file is written in {@code <evidence>/.partial}, forced to the disk, and renamed: under its
 * name it is always whole. What a crash left in {@code .partial} is deleted at start. Names are
 * checked against what they may consist of before they touch a path. Safe for many threads.
 */
public final class EvidenceFolder {
  private static final Logger log = LoggerFactory.getLogger(EvidenceFolder.class);
  private static final Pattern ALERT = Pattern.compile("[0-9A-Za-z_-]{1,128}");
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}\\.[a-z0-9]{1,8}");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private final Path root;
  private final Path partial;
  private final AtomicLong partials = new AtomicLong();

  /** What writes a file's content. */
  @FunctionalInterface
  interface Content {
    void writeTo(WritableByteChannel out) throws IOException;
  }

  /**
   * Makes the folder where there is none, and deletes what a crash left half-written.
   *
   * @throws UncheckedIOException when that fails
   */
  public EvidenceFolder(Path root) {
    this.root = root;
    partial = root.resolve(".partial");
    try {
      Files.createDirectories(partial);
      try (Stream<Path> left = Files.list(partial)) {
        for (Path file : left.toList()) {
          Files.delete(file);
          log.warn("evidence: deleted half-written {}", file.getFileName());
        }
      }
      force(root);
      force(root.toRealPath().getParent());
    } catch (IOException e) {
      throw new UncheckedIOException("evidence: cannot use the folder " + root, e);
    }
  }

  /**
   * Writes a file whole, or not at all.
   *
   * @throws IllegalArgumentException when the alert's id or the name cannot be part of a path
   */
  EvidenceItem write(String alert, Instant start, String name, String mediaType, Content content)
      throws IOException {
    requireAlertId(alert);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("evidence: not a name for a file");
    }
    Path day = root.resolve(LocalDate.ofInstant(start, UTC).toString());
    Path folder = day.resolve(alert);
    Path file = partial.resolve(partials.incrementAndGet() + "-" + name);
    try {
      DigestChannel digest;
      try (FileChannel channel = FileChannel.open(file, CREATE, TRUNCATE_EXISTING, WRITE)) {
        digest = new DigestChannel(channel);
        content.writeTo(digest);
        channel.force(true);
      }
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
        force(day);
        force(root);
      }
      Files.move(file, folder.resolve(name), ATOMIC_MOVE, REPLACE_EXISTING);
      force(folder);
      return new EvidenceItem(name, mediaType, digest.size(), digest.sha256());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * @throws IllegalArgumentException when an alert's id cannot name a folder
   */
  public static void requireAlertId(String alert) {
    if (!ALERT.matcher(alert).matches()) {
      throw new IllegalArgumentException(
          "an alert's id has 1 to 128 letters, digits, '-' and '_' to be the name of a folder");
    }
  }

  /** Where a whole file of an alert lies; empty for one that is not there and for any odd name. */
  public Optional<Path> find(String alert, String name) {
    if (!ALERT.matcher(alert).matches() || !NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    return days().stream()
        .map(day -> day.resolve(alert).resolve(name))
        .filter(file -> Files.isRegularFile(file, NOFOLLOW_LINKS))
        .findFirst();
  }

  /** The newest day first, for it is what people look at. */
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

  /** Makes renames and new entries in a folder survive a power cut. */
  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }
}
