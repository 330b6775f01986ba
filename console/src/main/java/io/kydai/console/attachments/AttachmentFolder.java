package io.kydai.console.attachments;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.kydai.console.reports.ReportId;
import io.kydai.console.store.Ulids;
import io.kydai.streaming.evidence.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of attachments, at {@code <evidence>/attachments/<report>/<id>.<ending>}, where a
 * backup of the evidence has them.
 *
 * <p>A file is written in {@code .partial}, forced to the disk, and renamed: under its name it is
 * always whole. Only the node's user can read it. Paths are made of ids of our own, never of a name
 * that came from outside.
 */
final class AttachmentFolder {
  private static final Logger LOG = LoggerFactory.getLogger(AttachmentFolder.class);

  private final Path root;
  private final Path partial;

  /** A file under its name. */
  record Stored(ReportId report, String id, Path path) {}

  /**
   * Creates the folder where there is none, and deletes what a crash left half-written.
   *
   * @param evidence the folder of the evidence
   * @throws UncheckedIOException when that fails; the message names the folder
   */
  AttachmentFolder(Path evidence) {
    root = evidence.resolve("attachments");
    partial = root.resolve(".partial");
    try {
      PrivateFiles.createDirectories(partial);
      try (Stream<Path> left = Files.list(partial)) {
        for (Path file : left.toList()) {
          Files.delete(file);
          LOG.warn("attachments: deleted half-written {}", file.getFileName());
        }
      }
      PrivateFiles.force(evidence);
      PrivateFiles.force(root);
    } catch (IOException e) {
      throw new UncheckedIOException("attachments: cannot use the folder " + root, e);
    }
  }

  /** Returns where the file of an attachment is. */
  Path path(ReportId report, String id, FileFormat format) {
    return root.resolve(report.value()).resolve(id + "." + format.ending());
  }

  /**
   * Writes a file whole, or not at all. When this returns, it is on the disk.
   *
   * @throws IOException when the disk does not take it
   */
  void write(ReportId report, String id, FileFormat format, byte[] bytes) throws IOException {
    Path folder = root.resolve(report.value());
    if (!Files.isDirectory(folder)) {
      PrivateFiles.createDirectories(folder);
      PrivateFiles.force(root);
    }
    PrivateFiles.write(path(report, id, format), partial.resolve(id), bytes);
  }

  /**
   * Deletes the file of an attachment that is in no database; what cannot be deleted is logged, and
   * tried again at the next start.
   */
  void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.error("attachments: cannot delete {}", file, e);
    }
  }

  /** Lists the files of which the name is one of ours. */
  List<Stored> all() throws IOException {
    List<Stored> all = new ArrayList<>();
    for (Path folder : entries(root)) {
      String report = folder.getFileName().toString();
      if (!ReportId.valid(report) || !Files.isDirectory(folder, NOFOLLOW_LINKS)) {
        continue;
      }
      for (Path file : entries(folder)) {
        String id = file.getFileName().toString().split("\\.", 2)[0];
        if (Ulids.valid(id) && Files.isRegularFile(file, NOFOLLOW_LINKS)) {
          all.add(new Stored(ReportId.of(report), id, file));
        }
      }
    }
    return all;
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }
}
