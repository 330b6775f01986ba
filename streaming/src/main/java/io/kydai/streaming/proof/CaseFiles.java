package io.kydai.streaming.proof;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files of an exported case: those of a folder, or the entries of an archive. */
interface CaseFiles extends Closeable {
  /** The most names that are looked at; with more it is no case. */
  int MOST = 100_000;

  /** Returns all names; one twice where there are two of it. */
  List<String> names() throws IOException;

  /** Returns whether there is a regular file of that name. */
  boolean has(String name);

  /** Opens a file that is there; closed by the caller. */
  InputStream open(String name) throws IOException;

  /** Opens a folder or an archive. */
  static CaseFiles of(Path path) throws IOException {
    return Files.isDirectory(path) ? new Folder(path) : new Archive(new ZipFile(path.toFile()));
  }

  /** A folder; links are not followed. */
  record Folder(Path folder) implements CaseFiles {
    @Override
    public List<String> names() throws IOException {
      try (Stream<Path> entries = Files.list(folder)) {
        return entries.map(entry -> entry.getFileName().toString()).limit(MOST).sorted().toList();
      }
    }

    @Override
    public boolean has(String name) {
      return Files.isRegularFile(folder.resolve(name), NOFOLLOW_LINKS);
    }

    @Override
    public InputStream open(String name) throws IOException {
      return Files.newInputStream(folder.resolve(name), READ, NOFOLLOW_LINKS);
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  /** An archive; nothing of it is unpacked to the disk. */
  record Archive(ZipFile zip) implements CaseFiles {
    @Override
    public List<String> names() {
      return zip.stream().map(ZipEntry::getName).limit(MOST).sorted().toList();
    }

    @Override
    public boolean has(String name) {
      ZipEntry entry = zip.getEntry(name);
      return entry != null && !entry.isDirectory();
    }

    @Override
    public InputStream open(String name) throws IOException {
      ZipEntry entry = zip.getEntry(name);
      InputStream in = entry == null ? null : zip.getInputStream(entry);
      if (in == null) {
        throw new IOException("there is no " + name);
      }
      return in;
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }
}
