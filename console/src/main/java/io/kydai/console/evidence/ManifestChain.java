package io.kydai.console.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.analytics.alert.AlertId;
import io.kydai.console.reports.Report;
import io.kydai.console.store.Database;
import io.kydai.streaming.evidence.EvidenceFolder;
import io.kydai.streaming.evidence.EvidenceItem;
import io.kydai.streaming.proof.ChainFiles;
import io.kydai.streaming.proof.FileDigests;
import io.kydai.streaming.proof.Sha256;
import io.kydai.streaming.proof.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chain of signed manifests. A document is committed to the database first, and its files are
 * written then: what a crash leaves out is written again from the database ({@link #restore}). A
 * manifest is never changed; a later one of the same alert has the next name. May be called on any
 * thread that may wait for the disk, but not on the database's own.
 */
public final class ManifestChain {
  private static final int NEWEST_DELETIONS = 256;
  private static final Logger LOG = LoggerFactory.getLogger(ManifestChain.class);

  private final Database database;
  private final SigningKey key;
  private final EvidenceFolder folder;
  private final Clock clock;

  /** Creates the chain in a database and a folder of evidence. */
  public ManifestChain(Database database, SigningKey key, EvidenceFolder folder, Clock clock) {
    this.database = requireNonNull(database);
    this.key = requireNonNull(key);
    this.folder = requireNonNull(folder);
    this.clock = requireNonNull(clock);
  }

  /**
   * Writes a manifest of a report's evidence, unless the newest one is about the same.
   *
   * @return whether there was something to write
   * @throws IOException when a file cannot be written; the manifest is in the chain
   * @throws io.kydai.console.store.StoreException when the database fails; nothing is written
   */
  boolean seal(Report report, AlertContext context, boolean atStart) throws IOException {
    AlertId alert = report.origin().alert();
    String content = content(report);
    if (report.evidence().isEmpty() || isNewest(alert, content)) {
      return false;
    }
    List<ManifestDocument.ListedFile> files = new ArrayList<>();
    for (EvidenceItem item : report.evidence()) {
      FileDigests digests = digests(alert, item);
      files.add(new ManifestDocument.ListedFile(item, digests, signature(report, item)));
    }
    Optional<ManifestTable.Row> written =
        database.inTransaction(
            db -> {
              List<ManifestTable.Row> before = ManifestTable.manifests(db, alert);
              if (!before.isEmpty() && before.get(before.size() - 1).content().equals(content)) {
                return Optional.empty();
              }
              ManifestDocument.Place place = next(db, before.size() + 1);
              Occasion occasion =
                  atStart
                      ? Occasion.START
                      : before.isEmpty() ? Occasion.COMPLETE : Occasion.CHANGED;
              String document = ManifestDocument.manifest(place, occasion, report, files, context);
              return Optional.of(
                  insert(
                      db, place, "manifest", alert, report.times().startedAt(), content, document));
            });
    if (written.isEmpty()) {
      return false;
    }
    write(written.get());
    return true;
  }

  private boolean isNewest(AlertId alert, String content) {
    List<ManifestTable.Row> before = database.inSnapshot(db -> ManifestTable.manifests(db, alert));
    return !before.isEmpty() && before.get(before.size() - 1).content().equals(content);
  }

  /** The digests as they were taken at writing decide; a file that has others is not described. */
  private @Nullable FileDigests digests(AlertId alert, EvidenceItem item) {
    Optional<Path> file = folder.find(alert, item.name());
    try {
      if (file.isPresent()) {
        FileDigests digests = FileDigests.of(file.get());
        if (digests.sha256().equals(item.sha256())) {
          return digests;
        }
      }
      LOG.error(
          "{} of alert {} is missing or not what was written; its manifest has the digest of then",
          item.name(),
          alert);
    } catch (IOException e) {
      LOG.error("{} of alert {} cannot be read for its manifest", item.name(), alert, e);
    }
    return null;
  }

  /** What is known of the camera's signature of a clip; null of other files. */
  private @Nullable JsonNode signature(Report report, EvidenceItem item) {
    AlertId alert = report.origin().alert();
    Optional<Path> observations =
        item.mediaType().equals("video/mp4")
            ? folder.find(alert, "observations.json")
            : Optional.empty();
    if (observations.isEmpty()) {
      return null;
    }
    try {
      return CameraSignature.read(observations.get());
    } catch (IOException e) {
      LOG.warn(
          "the observations of alert {} cannot be read for its manifest: {}", alert, e.toString());
      return null;
    }
  }

  private static String content(Report report) {
    StringBuilder text = new StringBuilder();
    report.evidence().stream()
        .map(item -> item.name() + ' ' + item.sha256() + '\n')
        .sorted()
        .forEach(text::append);
    Instant ended = report.times().endedAt();
    text.append(ended == null ? "" : ended.toString());
    return Sha256.hex(text.toString().getBytes(UTF_8));
  }

  private ManifestDocument.Place next(Handle db, int index) {
    Optional<ManifestTable.Row> last = ManifestTable.newest(db);
    return new ManifestDocument.Place(
        last.map(ManifestTable.Row::number).orElse(0L) + 1,
        last.map(ManifestTable.Row::sha256).orElse(ChainFiles.GENESIS),
        index,
        key.fingerprint(),
        clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  private ManifestTable.Row insert(
      Handle db,
      ManifestDocument.Place place,
      String kind,
      AlertId alert,
      Instant start,
      String content,
      String document) {
    byte[] bytes = document.getBytes(US_ASCII);
    ManifestTable.Row row =
        new ManifestTable.Row(
            place.number(),
            kind,
            alert,
            start,
            place.index(),
            Sha256.hex(bytes),
            content,
            document,
            Base64.getEncoder().encodeToString(key.sign(bytes)));
    ManifestTable.insert(db, row);
    return row;
  }

  /**
   * Records that an alert's evidence is about to be deleted. Its manifests leave with it, and the
   * record has their links, so that the chain can still be followed.
   *
   * @param reason in words, for people
   * @throws IOException when the record cannot be written; it is in the chain
   */
  public void recordDeletion(AlertId alert, String reason) throws IOException {
    List<String> files =
        folder.names(alert).stream()
            .filter(name -> !ChainFiles.isOfManifest(name))
            .sorted()
            .toList();
    ManifestTable.Row written =
        database.inTransaction(
            db -> {
              List<ManifestTable.Row> removed = ManifestTable.manifests(db, alert);
              ManifestDocument.Place place = next(db, 0);
              String document = ManifestDocument.deletion(place, alert, reason, files, removed);
              return insert(db, place, "deletion", alert, clock.instant(), "", document);
            });
    write(written);
  }

  private void write(ManifestTable.Row row) throws IOException {
    byte[] document = row.document().getBytes(US_ASCII);
    byte[] signature = Base64.getDecoder().decode(row.signature());
    String name = name(row);
    // The signature goes first: a document that is there is never without it.
    if (row.kind().equals("deletion")) {
      folder.addDeletion(ChainFiles.signature(name), signature);
      folder.addDeletion(name, document);
    } else {
      folder.add(row.alert(), row.start(), ChainFiles.signature(name), signature);
      folder.add(row.alert(), row.start(), name, document);
    }
  }

  private static String name(ManifestTable.Row row) {
    return row.kind().equals("deletion")
        ? ChainFiles.deletion(row.number())
        : ChainFiles.manifest(row.index());
  }

  private static boolean isWhole(ManifestTable.Row row, List<String> there) {
    return there.contains(name(row)) && there.contains(ChainFiles.signature(name(row)));
  }

  /**
   * Writes the files of an alert's manifests that are in the chain and not on the disk.
   *
   * @return how many manifests were not whole
   */
  int restore(AlertId alert) throws IOException {
    List<String> there = folder.names(alert);
    int restored = 0;
    for (ManifestTable.Row row : database.inSnapshot(db -> ManifestTable.manifests(db, alert))) {
      if (!isWhole(row, there)) {
        write(row);
        restored++;
        LOG.warn("{} of alert {} was missing, and is written again", name(row), alert);
      }
    }
    return restored;
  }

  /** Writes the newest records of deletions that are in the chain and not on the disk. */
  void restoreDeletions() throws IOException {
    List<String> there = folder.deletions();
    for (ManifestTable.Row row :
        database.inSnapshot(db -> ManifestTable.deletions(db, NEWEST_DELETIONS))) {
      if (!isWhole(row, there)) {
        write(row);
        LOG.warn(
            "the record {} of deleted evidence was missing, and is written again", row.number());
      }
    }
  }

  /**
   * The newest document of the chain.
   *
   * @param sha256 of its file, in hexadecimal digits
   */
  record Head(long number, String sha256) {}

  Optional<Head> newest() {
    return database
        .inSnapshot(ManifestTable::newest)
        .map(row -> new Head(row.number(), row.sha256()));
  }

  /** Returns the chain's newest link as {@code NUMBER:SHA256}; empty where the chain is empty. */
  public Optional<String> head() {
    return newest().map(head -> head.number() + ":" + head.sha256());
  }
}
