package io.kydai.streaming.proof;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.kydai.streaming.evidence.EvidenceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The check of evidence against its signed manifests, as {@code docs/evidence.md} describes them:
 * of a whole folder of evidence with its chain, or of the folder of one alert. It reads and changes
 * nothing. For one thread, once.
 */
public final class EvidenceCheck {
  private static final int MOST_DOCUMENT_BYTES = 8 << 20;
  private static final int SIGNATURE_BYTES = 64;

  private final Path root;
  private final PublicKeys keys;
  private final ChainLinks chain = new ChainLinks();
  private final List<Fault> faults = new ArrayList<>();
  private final Set<String> signers = new HashSet<>();
  private int alerts;
  private int files;
  private int documents;

  private EvidenceCheck(Path root, PublicKeys keys) {
    this.root = root;
    this.keys = keys;
  }

  /**
   * Checks a folder.
   *
   * @param folder of all evidence, or of one alert
   * @param key the public key; null for those in the folder of the evidence
   * @param head the newest link of the chain that is known from elsewhere, such as {@code 17:af…};
   *     null where none is
   * @throws IOException when the folder or the key cannot be read, or there is no key
   */
  public static Check run(Path folder, @Nullable Path key, @Nullable String head)
      throws IOException {
    Path root = folder.toRealPath();
    boolean one = Files.exists(root.resolve(ChainFiles.manifest(1)), NOFOLLOW_LINKS);
    PublicKeys keys = key != null ? PublicKeys.of(key) : PublicKeys.in(one ? above(root) : root);
    if (keys.fingerprints().isEmpty() && keys.faults().isEmpty()) {
      throw new IOException(
          "there is no " + SigningKey.PUBLIC_KEY + " in the folder of evidence; name it by --key");
    }
    EvidenceCheck check = new EvidenceCheck(root, keys);
    check.faults.addAll(keys.faults());
    if (one) {
      check.alert(root, "", root.getFileName().toString());
    } else {
      check.all(head == null ? null : head(head));
    }
    check.unusedKeys();
    return new Check(
        check.alerts,
        check.files,
        check.documents,
        keys.fingerprints(),
        one ? Map.of() : check.chain.digests(),
        check.faults);
  }

  /** The folder of the evidence lies two above that of an alert. */
  private static Path above(Path alert) throws IOException {
    return alert.resolve("../..").toRealPath();
  }

  private static Manifest.Link head(String text) {
    int colon = text.indexOf(':');
    return new Manifest.Link(
        Long.parseLong(text.substring(0, colon)), text.substring(colon + 1), "");
  }

  private void all(Manifest.@Nullable Link head) throws IOException {
    for (String day : names(root, name -> name.matches("\\d{4}-\\d{2}-\\d{2}"))) {
      for (String alert : names(root.resolve(day), name -> !name.startsWith("."))) {
        Path folder = root.resolve(day).resolve(alert);
        if (Files.isDirectory(folder, NOFOLLOW_LINKS)) {
          alert(folder, day + "/" + alert + "/", alert);
        } else {
          faults.add(Fault.of(day + "/" + alert, "does not belong here"));
        }
      }
    }
    Path deletions = root.resolve(EvidenceFolder.DELETIONS);
    if (Files.isDirectory(deletions, NOFOLLOW_LINKS)) {
      for (String name : names(deletions, ChainFiles::isDeletion)) {
        String path = EvidenceFolder.DELETIONS + "/" + name;
        Manifest record = document(deletions.resolve(name), path);
        if (record != null) {
          if (!name.equals(ChainFiles.deletion(record.link().number()))) {
            faults.add(Fault.of(path, "is number " + record.link().number() + " of the chain"));
          }
          chain.add(record.link(), path);
          chain.addRemoved(record.removed(), path);
        }
      }
    }
    faults.addAll(chain.check(head));
  }

  /** Checks an alert's folder: its manifests one by one, and its files against the newest. */
  private void alert(Path folder, String prefix, String id) throws IOException {
    alerts++;
    TreeMap<Integer, Manifest> manifests = new TreeMap<>();
    List<String> names = names(folder, name -> true);
    Set<String> known = new HashSet<>();
    for (String name : names) {
      if (!ChainFiles.isManifest(name)) {
        continue;
      }
      known.add(name);
      known.add(ChainFiles.signature(name));
      Manifest manifest = document(folder.resolve(name), prefix + name);
      if (manifest != null) {
        chain.add(manifest.link(), prefix + name);
        int index = ChainFiles.index(name);
        if (manifest.index() != index || !manifest.alert().equals(id)) {
          faults.add(
              Fault.of(
                  prefix + name,
                  "is manifest "
                      + manifest.index()
                      + " of alert "
                      + manifest.alert()
                      + " and lies in another place"));
        }
        manifests.put(index, manifest);
      }
    }
    if (manifests.isEmpty()) {
      if (known.isEmpty()) {
        faults.add(Fault.of(prefix + ChainFiles.manifest(1), "is missing"));
      }
      return;
    }
    for (int index = 1; index < manifests.lastKey(); index++) {
      if (!known.contains(ChainFiles.manifest(index))) {
        faults.add(Fault.of(prefix + ChainFiles.manifest(index), "is missing"));
      }
    }
    for (Manifest.Entry entry : manifests.lastEntry().getValue().files()) {
      known.add(entry.name());
      file(folder.resolve(entry.name()), prefix + entry.name(), entry);
    }
    for (String name : names) {
      if (!known.contains(name)) {
        faults.add(Fault.of(prefix + name, "is in no manifest"));
      }
    }
  }

  private void file(Path file, String path, Manifest.Entry then) throws IOException {
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      faults.add(Fault.of(path, "is missing"));
      return;
    }
    files++;
    FileDigests now = FileDigests.of(file, then.block());
    if (now.size() != then.size() || !now.sha256().equals(then.sha256())) {
      String problem =
          now.size() == then.size()
              ? "is not what it was"
              : "is not what it was: it had " + then.size() + " bytes and has " + now.size();
      faults.add(new Fault(path, problem, ChangedBlocks.of(then, now)));
    }
  }

  /** Reads a signed document; what is wrong with it is a fault, and an unsigned one is not used. */
  private @Nullable Manifest document(Path file, String path) throws IOException {
    documents++;
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS) || Files.size(file) > MOST_DOCUMENT_BYTES) {
      faults.add(Fault.of(path, "is no file of a manifest's size"));
      return null;
    }
    byte[] bytes = Files.readAllBytes(file);
    Path signatureFile = file.resolveSibling(ChainFiles.signature(file.getFileName().toString()));
    String signaturePath = ChainFiles.signature(path);
    if (!Files.isRegularFile(signatureFile, NOFOLLOW_LINKS)) {
      faults.add(Fault.of(signaturePath, "is missing"));
      return null;
    }
    if (Files.size(signatureFile) != SIGNATURE_BYTES) {
      faults.add(Fault.of(signaturePath, "is no signature: it does not have 64 bytes"));
      return null;
    }
    Manifest manifest;
    try {
      manifest = Manifest.read(bytes);
    } catch (IOException e) {
      faults.add(Fault.of(path, "cannot be read, and is not what was signed"));
      return null;
    }
    signers.add(manifest.key());
    PublicKey key = keys.find(manifest.key());
    if (key == null) {
      faults.add(Fault.of(path, "is signed by the key " + manifest.key() + ", which is not here"));
      return null;
    }
    if (!Signatures.verifies(key, bytes, Files.readAllBytes(signatureFile))) {
      faults.add(Fault.of(path, "is not what " + signaturePath + " signs: one of the two changed"));
      return null;
    }
    return manifest;
  }

  /** A key by which nothing is signed, while a key is missing, may be the one that was changed. */
  private void unusedKeys() {
    if (!keys.fingerprints().containsAll(signers)) {
      keys.filesBut(signers)
          .forEach(file -> faults.add(Fault.of(file, "is the key of no document here")));
    }
  }

  private static List<String> names(Path folder, Predicate<String> wanted) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).filter(wanted).sorted().toList();
    }
  }
}
