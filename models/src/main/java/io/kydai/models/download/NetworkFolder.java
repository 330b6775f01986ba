package io.kydai.models.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * A folder with networks and their descriptions. A network's file has its name only after its
 * SHA-256 was checked; until then it ends in {@code .part}.
 */
final class NetworkFolder {
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final int BUFFER = 64 * 1024;

  private final Path folder;

  NetworkFolder(Path folder) {
    this.folder = folder;
  }

  /** Returns whether the folder holds the network's file with the right SHA-256. */
  boolean holds(OfferedNetwork network) throws IOException {
    Path file = folder.resolve(network.file());
    return Files.isRegularFile(file) && PinnedHash.of(file).equals(network.sha256());
  }

  /**
   * Downloads a network into the folder.
   *
   * @throws DownloadException when it cannot be had, or is another file than the pinned one
   * @throws IOException when the folder cannot be written
   */
  void download(OfferedNetwork network, HttpClient client, LongConsumer progress)
      throws IOException {
    Path part = part(network);
    new ResumableDownload(client, progress, SILENCE)
        .fetch(network.address(), part, network.maxBytes());
    keep(part, network, network.address());
  }

  /**
   * Copies a network that was downloaded otherwise into the folder; the given file stays.
   *
   * @throws DownloadException when the file is missing, cannot be read, is too large, or is another
   *     than the pinned one
   * @throws IOException when the folder cannot be written
   */
  void copy(OfferedNetwork network, Path source) throws IOException {
    if (!Files.isRegularFile(source)) {
      throw new DownloadException("there is no file " + source + "; --file expects an ONNX file");
    }
    long size = size(source);
    if (size > network.maxBytes()) {
      throw new DownloadException(
          source
              + " has "
              + size
              + " bytes, and "
              + network.name()
              + " at most "
              + network.maxBytes()
              + ", so it is another file; download "
              + network.address());
    }
    Files.createDirectories(folder);
    // A download that was broken off has another name, and may even be the source.
    Path copy = folder.resolve(network.file() + ".copy");
    if (Files.exists(copy) && Files.isSameFile(copy, source)) {
      throw new DownloadException("give " + source + " another name: it would be overwritten");
    }
    try (InputStream in = open(source);
        OutputStream out = Files.newOutputStream(copy)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = read(in, buffer, source); n >= 0; n = read(in, buffer, source)) {
        out.write(buffer, 0, n);
      }
    }
    keep(copy, network, source);
  }

  private static long size(Path source) {
    try {
      return Files.size(source);
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  private static InputStream open(Path source) {
    try {
      return Files.newInputStream(source);
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  private static int read(InputStream in, byte[] buffer, Path source) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  private static DownloadException unreadable(Path source, IOException cause) {
    return new DownloadException(
        source + " cannot be read (" + cause + "); --file expects an ONNX file", cause);
  }

  /**
   * Writes the network's description, unless there is one, which may have been edited.
   *
   * @return the description's absolute path
   */
  Path describe(OfferedNetwork network) throws IOException {
    Path description = folder.resolve(network.name() + ".yaml").toAbsolutePath().normalize();
    if (!Files.exists(description)) {
      Files.writeString(description, network.description());
    }
    return description;
  }

  private Path part(OfferedNetwork network) throws IOException {
    Files.createDirectories(folder);
    return folder.resolve(network.file() + ".part");
  }

  private void keep(Path part, OfferedNetwork network, Object source) throws IOException {
    PinnedHash.require(part, network, source);
    Files.move(part, folder.resolve(network.file()), StandardCopyOption.REPLACE_EXISTING);
  }
}
