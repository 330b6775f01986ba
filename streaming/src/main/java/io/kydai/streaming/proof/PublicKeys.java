package io.kydai.streaming.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The public keys by which signatures are checked. */
final class PublicKeys {
  private static final int MOST_BYTES = 1 << 16;

  private record Named(PublicKey key, String file) {}

  private final Map<String, Named> keys = new HashMap<>();
  private final List<Fault> faults = new ArrayList<>();

  /** Reads the keys that lie in a folder of evidence. */
  static PublicKeys in(Path folder) throws IOException {
    PublicKeys found = new PublicKeys();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file :
          entries
              .filter(file -> file.getFileName().toString().matches("public-key.*\\.pem"))
              .sorted()
              .toList()) {
        try {
          found.add(file);
        } catch (IOException e) {
          found.faults.add(Fault.of(file.getFileName().toString(), "is no key: " + e.getMessage()));
        }
      }
    }
    return found;
  }

  /**
   * Reads one key.
   *
   * @throws IOException when it is none
   */
  static PublicKeys of(Path file) throws IOException {
    PublicKeys found = new PublicKeys();
    found.add(file);
    return found;
  }

  private void add(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException("it is too long");
    }
    add(file.getFileName().toString(), Files.readString(file, US_ASCII));
  }

  /**
   * Reads one key.
   *
   * @param file the name of its file
   * @throws IOException when it is none
   */
  static PublicKeys of(String file, String text) throws IOException {
    PublicKeys found = new PublicKeys();
    found.add(file, text);
    return found;
  }

  private void add(String file, String text) throws IOException {
    try {
      PublicKey key = PemKeys.publicKey(text);
      if (!text.equals(PemKeys.write(PemKeys.PUBLIC, key.getEncoded()))) {
        throw new IOException("there is more than a key");
      }
      keys.put(PemKeys.fingerprint(key), new Named(key, file));
    } catch (GeneralSecurityException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Nullable PublicKey find(String fingerprint) {
    Named found = keys.get(fingerprint);
    return found == null ? null : found.key();
  }

  /** Returns the names of the files whose keys are none of those. */
  List<String> filesBut(Set<String> those) {
    return keys.entrySet().stream()
        .filter(entry -> !those.contains(entry.getKey()))
        .map(entry -> entry.getValue().file())
        .sorted()
        .toList();
  }

  Set<String> fingerprints() {
    return new TreeSet<>(keys.keySet());
  }

  List<Fault> faults() {
    return faults;
  }
}
