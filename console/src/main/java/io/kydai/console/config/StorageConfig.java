package io.kydai.console.config;

import static io.kydai.models.document.Key.key;
import static java.util.Objects.requireNonNull;

import io.kydai.console.config.tree.References;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.store.DatabaseAddress;
import io.kydai.models.document.Shape;
import io.kydai.models.document.Value;
import io.kydai.models.document.ValueType;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of storage.
 *
 * @param directory the folder of the database and the evidence; null for that of the command line
 * @param database the address of a PostgreSQL database, such as {@code
 *     postgresql://user:password@host:port/name}; null for a file of SQLite in the folder
 * @param secretsKey the file of the key that encrypts secrets in the database; null for the one in
 *     the data folder
 * @param preRoll the time before the alert's start that an evidence clip shows, 0 to 60 s
 * @param postRoll the time after the alert opened that an evidence clip shows, 0 to 60 s
 * @param recordingsFolders the folders of recordings, each on a disk of its own; empty for that in
 *     the data folder
 * @param recordingsArchive the folders to which recordings are moved when they are old; often none
 * @param recordingsArchiveDays the age in days at which they are moved
 * @param recordingsThinDays the age in days at which recordings are thinned to key frames; 0 for
 *     never
 * @param recordingsMostGib the size of all recordings together, in GiB; the oldest are deleted
 * @param recordingsLeastFreeGib what stays free on the recordings' disk, in GiB
 * @param casesMostGib the size of all archives of cases together, in GiB
 * @param casesKeepDays how many days an archive of a case is kept
 * @param timeStamps the address of a time-stamping authority (RFC 3161) that confirms the chain of
 *     evidence; null for none
 * @param timeStampEvery the time between two stamps, 1 minute to 7 days
 * @param cameraRoots a file of root certificates by which signatures in cameras' video are trusted;
 *     null for none
 */
public record StorageConfig(
    @Nullable Path directory,
    @Nullable Secret database,
    @Nullable Path secretsKey,
    Duration preRoll,
    Duration postRoll,
    List<Path> recordingsFolders,
    List<Path> recordingsArchive,
    int recordingsArchiveDays,
    int recordingsThinDays,
    int recordingsMostGib,
    int recordingsLeastFreeGib,
    int casesMostGib,
    int casesKeepDays,
    @Nullable URI timeStamps,
    Duration timeStampEvery,
    @Nullable Path cameraRoots) {
  private static final int MAX_PATH = 2_000;
  private static final int MAX_ADDRESS = 2_000;
  private static final int MAX_GIB = 1_000_000;
  private static final int MAX_FOLDERS = 32;
  private static final int MAX_CASE_DAYS = 3_650;
  private static final int MAX_DAYS = 3_650;
  private static final Duration MIN_STAMPING = Duration.ofMinutes(1);
  private static final Duration MAX_STAMPING = Duration.ofDays(7);
  private static final Duration MAX_ROLL = Duration.ofSeconds(60);

  /** The default settings. */
  public static final StorageConfig DEFAULT = keys(References.forbidden(), Path.of("")).defaults();

  public StorageConfig {
    requireNonNull(preRoll);
    requireNonNull(postRoll);
    requireNonNull(timeStampEvery);
    recordingsFolders = List.copyOf(recordingsFolders);
    recordingsArchive = List.copyOf(recordingsArchive);
  }

  static Shape<StorageConfig> keys(References references, Path folder) {
    return Shape.of(
        StorageConfig.class,
        key(
                "directory",
                path(folder, "a folder is expected"),
                "folder of the database and the evidence, relative to the configuration file")
            .shown("`--data`, which is `./data`"),
        key(
                "database",
                ValueType.text(MAX_ADDRESS)
                    .as(references::resolve, Secret::written)
                    .as(StorageConfig::server, address -> address)
                    .saying("`postgresql://user:password@host:port/name`"),
                "a PostgreSQL database instead of SQLite's file; may have `?sslmode=` and"
                    + " `&sslrootcert=`, see [storage.md](storage.md#postgresql)")
            .shown("the file `kydai.db` in the folder"),
        key(
                "secrets-key",
                path(folder, "a file is expected"),
                "file of the key that encrypts secrets in the database, made at the first start,"
                    + " see [storage.md](storage.md#secrets)")
            .shown("`secrets.key` in the folder"),
        key(
                "pre-roll",
                ValueType.duration(MAX_ROLL),
                "the time that an evidence clip shows before the alert's start")
            .otherwise(Duration.ofSeconds(5)),
        key(
                "post-roll",
                ValueType.duration(MAX_ROLL),
                "the time that an evidence clip shows after the alert opened")
            .otherwise(Duration.ofSeconds(5)),
        key(
                "recordings-folders",
                ValueType.list(path(folder, "a folder is expected"), MAX_FOLDERS),
                "folders of recordings, each on a disk of its own, over which cameras are spread,"
                    + " relative to the configuration file; the first is the one that was there"
                    + " before, see [disks.md](disks.md)")
            .otherwise(List.of())
            .shown("`recordings` in the folder"),
        key(
                "recordings-archive",
                ValueType.list(path(folder, "a folder is expected"), MAX_FOLDERS),
                "folders of an archive, on disks that may be slow, to which recordings are moved"
                    + " when they are old, see [disks.md](disks.md#the-archive)")
            .otherwise(List.of())
            .shown("none"),
        key(
                "recordings-archive-days",
                ValueType.whole(1, MAX_DAYS),
                "the age at which recordings are moved to the archive, where there is one; a camera"
                    + " may have its own")
            .unit("days")
            .otherwise(7),
        key(
                "recordings-thin-days",
                ValueType.whole(0, MAX_DAYS),
                "the age at which recordings are thinned to key frames, 0 for never; a camera may"
                    + " have its own, see [retention.md](retention.md#thinning)")
            .unit("days")
            .otherwise(0)
            .shown("0: never"),
        key(
                "recordings-most-gib",
                ValueType.whole(1, MAX_GIB),
                "the size of all recordings together; beyond it the oldest are deleted")
            .unit("GiB")
            .otherwise(MAX_GIB)
            .shown("no limit but the disk's"),
        key(
                "recordings-least-free-gib",
                ValueType.whole(0, MAX_GIB),
                "what stays free on each disk of recordings; below it the oldest are deleted, and"
                    + " below half of it nothing is recorded")
            .unit("GiB")
            .otherwise(10),
        key(
                "cases-most-gib",
                ValueType.whole(1, MAX_GIB),
                "the size of all archives of cases together; a case that has no room is not made")
            .unit("GiB")
            .otherwise(50),
        key(
                "cases-keep-days",
                ValueType.whole(1, MAX_CASE_DAYS),
                "how long an archive of a case is kept, see [cases.md](cases.md)")
            .unit("days")
            .otherwise(30),
        key(
                "time-stamps",
                WebhookKeys.WEB.saying("`http` or `https` address"),
                "a time-stamping authority (RFC 3161), which confirms when the evidence was there;"
                    + " it hears digests only, see [evidence.md](evidence.md#manifests)")
            .shown("none"),
        key(
                "time-stamp-every",
                ValueType.duration(MAX_STAMPING)
                    .as(
                        (every, at) ->
                            every.compareTo(MIN_STAMPING) < 0
                                ? at.wrong("1m to 7d is expected")
                                : Optional.of(every),
                        every -> every)
                    .saying("1m to 7d"),
                "the time between two stamps, where there is new evidence")
            .otherwise(Duration.ofHours(1)),
        key(
                "camera-roots",
                path(folder, "a file is expected"),
                "root certificates in PEM by which the signatures are trusted that cameras put into"
                    + " their video, see [signed-video.md](signed-video.md)")
            .shown("none"));
  }

  private static Optional<Secret> server(Secret address, Value at) {
    try {
      return DatabaseAddress.of(address.value()) instanceof DatabaseAddress.PostgresqlServer
          ? Optional.of(address)
          : at.wrong("an address such as postgresql://user:${NAME}@host/name is expected");
    } catch (IllegalArgumentException e) {
      return at.wrong(String.valueOf(e.getMessage()));
    }
  }

  /** Returns the place of the database, which is a file in the data folder unless it is given. */
  public DatabaseAddress database(Path file) {
    return database == null ? DatabaseAddress.file(file) : DatabaseAddress.of(database.value());
  }

  /** Returns the folders of recordings, which is the given one unless others are configured. */
  public List<Path> recordingsFolders(Path folder) {
    return recordingsFolders.isEmpty() ? List.of(folder) : recordingsFolders;
  }

  /** Returns the folders of recordings and of their archive. */
  public List<Path> allRecordingsFolders(Path folder) {
    List<Path> all = new ArrayList<>(recordingsFolders(folder));
    all.addAll(recordingsArchive);
    return all;
  }

  /**
   * Returns the file of the key for secrets, which is the given one unless another is configured.
   */
  public Path secretsKey(Path file) {
    return secretsKey == null ? file : secretsKey;
  }

  /** Returns the type of a path; a relative one is resolved from a folder. */
  static ValueType<Path> path(Path folder, String wanted) {
    return ValueType.text(MAX_PATH)
        .as(
            (text, at) -> {
              try {
                return Optional.of(folder.resolve(text).normalize());
              } catch (InvalidPathException e) {
                return at.wrong(wanted);
              }
            },
            Path::toString)
        .saying("path");
  }
}
