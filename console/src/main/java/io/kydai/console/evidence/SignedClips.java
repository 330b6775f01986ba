package io.kydai.console.evidence;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.time.ZoneOffset.UTC;

import io.kydai.streaming.proof.ChainFiles;
import io.kydai.streaming.proof.RootCertificates;
import io.kydai.streaming.signedvideo.SignedVideo;
import io.kydai.streaming.signedvideo.SignedVideoCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the cameras' own signatures say of the clips in a folder of evidence.
 *
 * @param clips each clip with a signature, by its path in the folder
 */
record SignedClips(Map<String, SignedVideo> clips) {
  private static final String CLIP = "clip.mp4";

  SignedClips {
    clips = Map.copyOf(clips);
  }

  /**
   * Checks the clips.
   *
   * @param folder of all evidence, or of one alert
   * @param roots a PEM file of the root certificates of cameras; null where none is trusted
   * @throws IOException when the folder or the certificates cannot be read
   */
  static SignedClips run(Path folder, @Nullable Path roots) throws IOException {
    Set<X509Certificate> trusted = roots == null ? Set.of() : RootCertificates.read(roots);
    Path root = folder.toRealPath();
    boolean one = Files.exists(root.resolve(ChainFiles.manifest(1)), NOFOLLOW_LINKS);
    List<Path> files;
    try (Stream<Path> found = Files.find(root, one ? 1 : 3, (file, is) -> is.isRegularFile())) {
      files = found.filter(file -> file.endsWith(CLIP)).sorted().toList();
    }
    Map<String, SignedVideo> clips = new LinkedHashMap<>();
    for (Path file : files) {
      SignedVideo signed = check(file, trusted);
      if (signed.state() != SignedVideo.State.NONE) {
        clips.put(root.relativize(file).toString().replace('\\', '/'), signed);
      }
    }
    return new SignedClips(clips);
  }

  private static SignedVideo check(Path file, Set<X509Certificate> trusted) {
    try {
      return SignedVideoCheck.run(file, trusted, recorded(file));
    } catch (IOException e) {
      return SignedVideo.unchecked("the file could not be read: " + e.getMessage(), 0);
    }
  }

  /** Noon of the day in whose folder the alert's is. */
  private static Instant recorded(Path file) throws IOException {
    Path day = file.resolve("../..").normalize().getFileName();
    try {
      return LocalDate.parse(String.valueOf(day)).atTime(LocalTime.NOON).toInstant(UTC);
    } catch (DateTimeParseException e) {
      return Files.getLastModifiedTime(file).toInstant();
    }
  }
}
