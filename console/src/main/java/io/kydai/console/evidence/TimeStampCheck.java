package io.kydai.console.evidence;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.kydai.streaming.evidence.EvidenceFolder;
import io.kydai.streaming.proof.ChainFiles;
import io.kydai.streaming.proof.Check;
import io.kydai.streaming.proof.Fault;
import io.kydai.streaming.proof.RootCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the time-stamps of a folder of evidence confirm.
 *
 * @param count how many stamps are right
 * @param newest the number of the newest document that is stamped; 0 where none is
 * @param stamp the stamp of the newest; null where none is
 * @param trusted whether the signers were checked against certificates that were given
 * @param faults what is wrong with stamps
 */
record TimeStampCheck(
    int count, long newest, @Nullable TimeStamp stamp, boolean trusted, List<Fault> faults) {
  TimeStampCheck {
    faults = List.copyOf(faults);
  }

  /**
   * Checks the stamps of a folder against the digests of its documents.
   *
   * @param folder of all evidence; that of one alert has no stamps
   * @param check of the same folder
   * @param roots a PEM file of the authorities' root certificates; null where none is known
   * @throws IOException when the folder or the certificates cannot be read
   */
  static TimeStampCheck run(Path folder, Check check, @Nullable Path roots) throws IOException {
    Set<X509Certificate> trusted = roots == null ? null : RootCertificates.read(roots);
    Path stamps = folder.resolve(EvidenceFolder.TIME_STAMPS);
    TreeMap<Long, TimeStamp> right = new TreeMap<>();
    List<Fault> faults = new ArrayList<>();
    if (Files.isDirectory(stamps, NOFOLLOW_LINKS)) {
      List<String> names;
      try (Stream<Path> entries = Files.list(stamps)) {
        names = entries.map(file -> file.getFileName().toString()).sorted().toList();
      }
      for (String name : names) {
        try {
          long number = ChainFiles.numberOfTimeStamp(name);
          right.put(number, stamp(stamps.resolve(name), check.digests().get(number), trusted));
        } catch (IOException | GeneralSecurityException e) {
          faults.add(
              new Fault(EvidenceFolder.TIME_STAMPS + "/" + name, e.getMessage() + "", List.of()));
        }
      }
    }
    Map.Entry<Long, TimeStamp> newest = right.lastEntry();
    return new TimeStampCheck(
        right.size(),
        newest == null ? 0 : newest.getKey(),
        newest == null ? null : newest.getValue(),
        trusted != null,
        faults);
  }

  private static TimeStamp stamp(
      Path file, @Nullable String sha256, @Nullable Set<X509Certificate> trusted)
      throws IOException, GeneralSecurityException {
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS)
        || Files.size(file) > TimeStampAuthority.MAX_BYTES) {
      throw new IOException("is no file of a time-stamp's size");
    }
    TimeStamp stamp;
    try {
      stamp = TimeStamp.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new IOException("is no right time-stamp: " + e.getMessage(), e);
    }
    if (sha256 == null) {
      throw new IOException("is of a document that is not here");
    }
    if (!sha256.equals(stamp.sha256())) {
      throw new IOException("is of another document than the one of this number here");
    }
    if (trusted != null) {
      try {
        stamp.checkIssuedBy(trusted);
      } catch (GeneralSecurityException e) {
        throw new IOException("is signed by nobody whom the given certificates vouch for", e);
      }
    }
    return stamp;
  }
}
