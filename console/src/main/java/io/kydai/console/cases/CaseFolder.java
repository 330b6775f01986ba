package io.kydai.console.cases;

import io.kydai.streaming.evidence.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of the archives: {@code ID.zip}, and {@code ID.partial} while one is written. */
final class CaseFolder {
  private static final String ARCHIVE = ".zip";
  private static final String PARTIAL = ".partial";
  private static final Logger LOG = LoggerFactory.getLogger(CaseFolder.class);

  private final Path folder;

  CaseFolder(Path folder) {
    this.folder = folder;
  }

  void open() throws IOException {
    PrivateFiles.createDirectories(folder);
  }

  Path file(String id) {
    return folder.resolve(id + ARCHIVE);
  }

  Path partial(String id) {
    return folder.resolve(id + PARTIAL);
  }

  void delete(String id) throws IOException {
    Files.deleteIfExists(file(id));
  }

  /** Deletes what a crash left: files that are not whole, and archives that no case has. */
  void clean(Collection<String> ids) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Set<String> known = Set.copyOf(ids);
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      boolean orphan =
          name.endsWith(PARTIAL)
              || (name.endsWith(ARCHIVE)
                  && !known.contains(name.substring(0, name.length() - ARCHIVE.length())));
      if (orphan) {
        LOG.warn("deleted {}, which belongs to no case that is made", file);
        Files.delete(file);
      }
    }
  }
}
