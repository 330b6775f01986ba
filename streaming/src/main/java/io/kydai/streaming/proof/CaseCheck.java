package io.kydai.streaming.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The check of an exported case against its signed manifest, as {@code docs/cases.md} describes it:
 * of the archive as it was downloaded, or of a folder into which it was unpacked. It reads and
 * changes nothing. For one thread, once.
 */
public final class CaseCheck {
  /** What a manifest of a case says that it is, in {@code kydai}. */
  public static final String KIND = "case-manifest";

  public static final String MANIFEST = "manifest.json";
  public static final String SIGNATURE = "manifest.sig";

  private static final int MOST_DOCUMENT_BYTES = 64 << 20;
  private static final int MOST_SMALL_BYTES = 1 << 16;
  private static final int MOST_BLOCK = 1 << 24;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CaseFiles files;
  private final List<Fault> faults = new ArrayList<>();
  private int checked;

  private CaseCheck(CaseFiles files) {
    this.files = files;
  }

  /**
   * Returns whether a path is to be checked as a case: a file, which is taken for an archive, or a
   * folder whose manifest says so.
   */
  public static boolean isCase(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return Files.isRegularFile(path);
    }
    try (CaseFiles files = CaseFiles.of(path)) {
      return files.has(MANIFEST)
          && new String(head(files, MANIFEST, 200), US_ASCII).contains('"' + KIND + '"');
    }
  }

  /**
   * Checks a case.
   *
   * @param path of the archive or the folder
   * @param key the public key; null for the one in the case
   * @throws IOException when the case or the key cannot be read, or there is no key
   */
  public static Check run(Path path, @Nullable Path key) throws IOException {
    try (CaseFiles files = CaseFiles.of(path)) {
      CaseCheck check = new CaseCheck(files);
      PublicKeys keys = key != null ? PublicKeys.of(key) : check.ownKey();
      check.all(keys);
      return new Check(
          0, check.checked, 1, keys.fingerprints(), Map.of(), List.copyOf(check.faults));
    }
  }

  private PublicKeys ownKey() throws IOException {
    if (!files.has(SigningKey.PUBLIC_KEY)) {
      throw new IOException("there is no " + SigningKey.PUBLIC_KEY + " in it; name it by --key");
    }
    return PublicKeys.of(
        SigningKey.PUBLIC_KEY,
        new String(whole(SigningKey.PUBLIC_KEY, MOST_SMALL_BYTES), US_ASCII));
  }

  private static byte[] head(CaseFiles files, String name, int most) throws IOException {
    try (InputStream in = files.open(name)) {
      return in.readNBytes(most);
    }
  }

  private byte[] whole(String name, int most) throws IOException {
    byte[] bytes = head(files, name, most + 1);
    if (bytes.length > most) {
      throw new IOException(name + " is too long");
    }
    return bytes;
  }

  private void all(PublicKeys keys) throws IOException {
    Set<String> known = new HashSet<>(Set.of(MANIFEST, SIGNATURE, SigningKey.PUBLIC_KEY));
    JsonNode manifest = manifest(keys);
    if (manifest == null) {
      return;
    }
    for (JsonNode entry : manifest.path("files")) {
      Manifest.Entry then = entry(entry);
      if (!known.add(then.name())) {
        faults.add(Fault.of(MANIFEST, "names " + then.name() + " twice"));
        continue;
      }
      file(then);
    }
    Set<String> seen = new HashSet<>();
    for (String name : files.names()) {
      if (!known.contains(name)) {
        faults.add(Fault.of(name, "is not in the manifest"));
      } else if (!seen.add(name)) {
        faults.add(Fault.of(name, "is there twice"));
      }
    }
  }

  /** Reads the manifest; what is wrong with it is a fault, and it is not used then. */
  private @Nullable JsonNode manifest(PublicKeys keys) throws IOException {
    for (String name : List.of(MANIFEST, SIGNATURE)) {
      if (!files.has(name)) {
        faults.add(Fault.of(name, "is missing"));
      }
    }
    if (!faults.isEmpty()) {
      return null;
    }
    byte[] bytes = whole(MANIFEST, MOST_DOCUMENT_BYTES);
    byte[] signature = whole(SIGNATURE, MOST_SMALL_BYTES);
    JsonNode json;
    try {
      json = JSON.readTree(bytes);
    } catch (IOException e) {
      faults.add(Fault.of(MANIFEST, "cannot be read, and is not what was signed"));
      return null;
    }
    if (json == null || !json.path("kydai").asText().equals(KIND)) {
      faults.add(Fault.of(MANIFEST, "is no manifest of a case"));
      return null;
    }
    String signer = json.path("key").asText();
    PublicKey key = keys.find(signer);
    if (key == null) {
      faults.add(Fault.of(MANIFEST, "is signed by the key " + signer + ", which is not here"));
      return null;
    }
    if (!Signatures.verifies(key, bytes, signature)) {
      faults.add(Fault.of(MANIFEST, "is not what " + SIGNATURE + " signs: one of the two changed"));
      return null;
    }
    return json;
  }

  private static Manifest.Entry entry(JsonNode file) throws IOException {
    List<String> blocks = new ArrayList<>();
    file.path("blocks").forEach(block -> blocks.add(block.asText()));
    int block = file.path("blockSize").asInt(FileDigests.BLOCK);
    String name = file.path("name").asText();
    if (block < 1 || block > MOST_BLOCK || !NAME.matcher(name).matches()) {
      throw new IOException("a manifest that no node signs");
    }
    return new Manifest.Entry(
        name, file.path("size").asLong(), file.path("sha256").asText(), block, blocks);
  }

  private void file(Manifest.Entry then) throws IOException {
    if (!files.has(then.name())) {
      faults.add(Fault.of(then.name(), "is missing"));
      return;
    }
    checked++;
    FileDigests now;
    try (InputStream in = files.open(then.name())) {
      now = FileDigests.of(in, then.block());
    }
    if (now.size() != then.size() || !now.sha256().equals(then.sha256())) {
      String problem =
          now.size() == then.size()
              ? "is not what it was"
              : "is not what it was: it had " + then.size() + " bytes and has " + now.size();
      faults.add(new Fault(then.name(), problem, ChangedBlocks.of(then, now)));
    }
  }
}
