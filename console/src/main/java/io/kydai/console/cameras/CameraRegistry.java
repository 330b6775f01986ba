package io.kydai.console.cameras;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditChanges;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.CameraJson;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.secrets.SecretColumn;
import io.kydai.console.secrets.SecretsCipher;
import io.kydai.console.secrets.SecretsException;
import io.kydai.console.store.Database;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.models.document.ConfigException;
import io.kydai.models.document.ConfigProblem;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cameras of the node: those of the configuration file, and the changes that users made while
 * the node ran. The methods may be called on any thread.
 *
 * <p>Changes by users are stored in the database and take precedence over the file at each start: a
 * camera that was replaced stays replaced, and one that was removed stays removed although the file
 * contains it, which is logged. The file applies again after the camera is added or replaced
 * exactly as in the file; the database then deletes its entry. An address that a user did not
 * change is not stored and follows the file, because its password may change there, as the port of
 * the demonstration does. A stored address is encrypted.
 *
 * <p>There are at most {@value #MAX_CAMERAS} cameras; further ones are refused.
 */
public final class CameraRegistry {
  /** The addresses, with the users and passwords in them. */
  public static final SecretColumn SECRETS = CameraAddresses.FIRST;

  /** The addresses of second streams in the stored cameras. */
  public static final SecretColumn SECOND_SECRETS = CameraAddresses.SECOND;

  private static final int MAX_CAMERAS = 10_000;
  private static final Logger LOG = LoggerFactory.getLogger(CameraRegistry.class);

  private final Database database;
  private final SecretsCipher secrets;
  private final Map<CameraId, CameraConfig> file = new TreeMap<>();
  private final Clock clock;
  private final AuditLog audit;
  private final List<CameraListener> listeners = new CopyOnWriteArrayList<>();
  private volatile SortedMap<CameraId, CameraConfig> cameras;

  /**
   * Creates the registry and reads the stored changes.
   *
   * @param secrets for the addresses
   * @param fromFile the cameras of the configuration file
   */
  public CameraRegistry(
      Database database, SecretsCipher secrets, List<CameraConfig> fromFile, Clock clock) {
    this.database = requireNonNull(database);
    this.secrets = requireNonNull(secrets);
    this.clock = requireNonNull(clock);
    audit = new AuditLog(database, clock);
    fromFile.forEach(camera -> file.put(camera.id(), camera));
    cameras = Collections.unmodifiableSortedMap(database.inSnapshot(this::load));
  }

  /** A stored change by a user, whose definition is null where the camera was removed. */
  private record StoredChange(CameraId id, @Nullable String definition, Instant at) {}

  private SortedMap<CameraId, CameraConfig> load(Handle db) {
    List<StoredChange> rows =
        db.createQuery("SELECT id, definition, changed_at FROM camera ORDER BY id")
            .map(
                (row, context) ->
                    new StoredChange(
                        new CameraId(row.getString("id")),
                        row.getString("definition"),
                        Instant.ofEpochMilli(row.getLong("changed_at"))))
            .list();
    SortedMap<CameraId, CameraConfig> all = new TreeMap<>(file);
    for (StoredChange row : rows) {
      if (file.containsKey(row.id())) {
        LOG.warn(
            "camera {}: the configuration file's definition is not used, since the camera was {} on {}",
            row.id(),
            row.definition() == null ? "removed" : "replaced",
            row.at());
      }
      all.remove(row.id());
      Optional.ofNullable(row.definition())
          .flatMap(definition -> read(row.id(), definition))
          .flatMap(this::withUrl)
          .ifPresent(camera -> all.put(row.id(), camera));
    }
    return all;
  }

  /** Reads a stored camera; one that is no longer valid is logged and omitted. */
  private Optional<CameraConfig> read(CameraId id, String definition) {
    try {
      return Optional.of(
          CameraJson.fromStorage(CameraAddresses.decrypted(secrets, id.value(), definition)));
    } catch (ConfigException | SecretsException e) {
      LOG.error(
          "camera {}: omitted, because its stored definition is no longer valid: {}",
          id,
          e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<CameraConfig> withUrl(CameraConfig camera) {
    if (camera.url() != null) {
      return Optional.of(camera);
    }
    Optional<CameraConfig> inFile = Optional.ofNullable(file.get(camera.id()));
    if (inFile.isEmpty()) {
      LOG.error(
          "camera {}: omitted, because its address came from the configuration file, which no longer"
              + " contains the camera",
          camera.id());
    }
    return inFile.map(CameraConfig::url).map(camera::withUrl);
  }

  /** Adds a listener to changes. */
  public void listen(CameraListener listener) {
    listeners.add(requireNonNull(listener));
  }

  /** Returns all cameras, sorted by id. */
  public List<CameraConfig> cameras() {
    return List.copyOf(cameras.values());
  }

  /** Returns the camera with an id; empty when there is none. */
  public Optional<CameraConfig> camera(CameraId id) {
    return Optional.ofNullable(cameras.get(id));
  }

  /**
   * Adds a camera.
   *
   * @param actor the party that adds it; the audit has its entry in the same transaction
   * @param origin where the request came from
   * @return the added camera
   * @throws CameraExistsException when its id is already used
   * @throws ConfigException when there are {@value #MAX_CAMERAS} cameras
   */
  public synchronized CameraConfig add(CameraConfig camera, Actor actor, RequestOrigin origin) {
    if (cameras.containsKey(camera.id())) {
      throw new CameraExistsException(camera.id());
    }
    if (cameras.size() >= MAX_CAMERAS) {
      throw tooMany();
    }
    store(camera.id(), camera, event(null, camera, actor, origin));
    notifyListeners(listener -> listener.added(camera));
    return camera;
  }

  /**
   * Replaces a camera. When the address equals {@link CameraConfig#shownUrl} of the present camera,
   * the present address is stored with its user, password and masked values.
   *
   * @param expected tests whether the present camera is the one that the caller intends to replace
   * @param actor the party that replaces it; the audit has its entry in the same transaction
   * @param origin where the request came from
   * @return the replaced camera
   * @throws UnknownCameraException when there is no camera with that id
   * @throws CameraChangedException when the test fails; nothing is changed then
   */
  public synchronized CameraConfig replace(
      CameraConfig camera, Predicate<CameraConfig> expected, Actor actor, RequestOrigin origin) {
    CameraConfig before =
        camera(camera.id()).orElseThrow(() -> new UnknownCameraException(camera.id()));
    if (!expected.test(before)) {
      throw new CameraChangedException(camera.id());
    }
    CameraConfig after = withKnownCredentials(camera, before);
    if (after.equals(before)) {
      return before;
    }
    store(after.id(), after, changed(before, after, actor, origin));
    notifyListeners(listener -> listener.changed(before, after));
    return after;
  }

  /**
   * Adds and replaces cameras, all or none. A camera whose address is as it is shown keeps its user
   * and password, as in {@link #replace}; one that does not change is left out.
   *
   * @param actor the party that changes them; the audit has an entry for each in the same
   *     transaction
   * @param origin where the request came from
   * @return the cameras as they are now, in the given order
   * @throws ConfigException when there would be more than {@value #MAX_CAMERAS} cameras
   */
  public synchronized List<CameraConfig> putAll(
      List<CameraConfig> given, Actor actor, RequestOrigin origin) {
    List<Replacement> replacements = new ArrayList<>();
    List<CameraConfig> now = new ArrayList<>();
    Set<CameraId> ids = new HashSet<>(cameras.keySet());
    for (CameraConfig camera : given) {
      CameraConfig before = cameras.get(camera.id());
      CameraConfig after = before == null ? camera : withKnownCredentials(camera, before);
      ids.add(camera.id());
      now.add(after);
      if (!after.equals(before)) {
        replacements.add(new Replacement(before, after, event(before, after, actor, origin)));
      }
    }
    if (ids.size() > MAX_CAMERAS) {
      throw tooMany();
    }
    store(replacements);
    replacements.forEach(
        done ->
            notifyListeners(
                listener -> {
                  if (done.before() == null) {
                    listener.added(done.after());
                  } else {
                    listener.changed(done.before(), done.after());
                  }
                }));
    return now;
  }

  /** A camera that takes the place of another one, or of none. */
  private record Replacement(@Nullable CameraConfig before, CameraConfig after, AuditEvent event) {}

  private static AuditEvent event(
      @Nullable CameraConfig before, CameraConfig after, Actor actor, RequestOrigin origin) {
    return before == null
        ? AuditEvent.of(AuditEventType.CAMERA_ADDED, actor, origin)
            .detail("after", CameraJson.write(after))
        : changed(before, after, actor, origin);
  }

  private static AuditEvent changed(
      CameraConfig before, CameraConfig after, Actor actor, RequestOrigin origin) {
    boolean credentials = !credentials(before).equals(credentials(after));
    return AuditEvent.of(AuditEventType.CAMERA_CHANGED, actor, origin)
        .detail("changes", AuditChanges.of(CameraJson.write(before), CameraJson.write(after)))
        .detail("credentials", credentials ? true : null);
  }

  /** Returns those of both streams, in their order. */
  private static List<Optional<CameraSource.Credentials>> credentials(CameraConfig camera) {
    return List.of(
        camera.source().flatMap(CameraSource::credentials),
        camera.secondSource().flatMap(CameraSource::credentials));
  }

  private static ConfigException tooMany() {
    return new ConfigException(
        "",
        List.of(
            new ConfigProblem(
                "", "", 0, "there are already %d cameras, the maximum".formatted(MAX_CAMERAS))));
  }

  /** Returns whether reports, recordings, statistics or the audit know an id. */
  public boolean hasPast(CameraId id) {
    return new CameraPast(database).of(id);
  }

  /** Returns whether a camera is as in the configuration file. */
  public boolean isAsInFile(CameraId camera) {
    return Objects.equals(file.get(camera), cameras.get(camera));
  }

  private static CameraConfig withKnownCredentials(CameraConfig camera, CameraConfig before) {
    Optional<String> given =
        camera
            .source()
            .filter(source -> source.credentials().isEmpty())
            .map(source -> source.address().toString());
    Secret known = before.url();
    return withKnownSecond(
        known != null && given.isPresent() && given.equals(before.shownUrl())
            ? camera.withUrl(known)
            : camera,
        before);
  }

  private static CameraConfig withKnownSecond(CameraConfig camera, CameraConfig before) {
    Secret given = camera.second().url();
    return given != null && before.shownSecondUrl().filter(given.value()::equals).isPresent()
        ? camera.withSecondUrl(before.second().url())
        : camera;
  }

  /**
   * Removes a camera.
   *
   * @param actor the party that removes it; the audit has its entry in the same transaction
   * @param origin where the request came from
   * @throws UnknownCameraException when there is no camera with that id
   */
  public synchronized void remove(CameraId id, Actor actor, RequestOrigin origin) {
    CameraConfig camera = camera(id).orElseThrow(() -> new UnknownCameraException(id));
    store(
        id,
        null,
        AuditEvent.of(AuditEventType.CAMERA_REMOVED, actor, origin)
            .detail("before", CameraJson.write(camera)));
    notifyListeners(listener -> listener.removed(camera));
  }

  /**
   * Stores a camera if it differs from the file, or null for a removal, with the event for the
   * audit, and publishes it.
   */
  private void store(CameraId id, @Nullable CameraConfig camera, AuditEvent event) {
    database.inTransaction(
        db -> {
          store(db, id, camera, event);
          return true;
        });
    SortedMap<CameraId, CameraConfig> all = new TreeMap<>(cameras);
    if (camera == null) {
      all.remove(id);
    } else {
      all.put(id, camera);
    }
    cameras = Collections.unmodifiableSortedMap(all);
  }

  private void store(List<Replacement> replacements) {
    database.inTransaction(
        db -> {
          replacements.forEach(one -> store(db, one.after().id(), one.after(), one.event()));
          return true;
        });
    SortedMap<CameraId, CameraConfig> all = new TreeMap<>(cameras);
    replacements.forEach(one -> all.put(one.after().id(), one.after()));
    cameras = Collections.unmodifiableSortedMap(all);
  }

  private void store(Handle db, CameraId id, @Nullable CameraConfig camera, AuditEvent event) {
    CameraConfig inFile = file.get(id);
    CameraConfig stored =
        camera != null && inFile != null && inFile.source().equals(camera.source())
            ? camera.withoutUrl()
            : camera;
    db.createUpdate("DELETE FROM camera WHERE id = :id").bind("id", id.value()).execute();
    if (!Objects.equals(inFile, camera)) {
      db.createUpdate(
              "INSERT INTO camera (id, definition, changed_at) VALUES (:id, :definition, :at)")
          .bind("id", id.value())
          .bind("definition", stored == null ? null : definition(stored))
          .bind("at", clock.millis())
          .execute();
    }
    audit.append(db, event.camera(id.value()));
  }

  private String definition(CameraConfig camera) {
    return CameraAddresses.encrypted(secrets, camera.id().value(), CameraJson.toStorage(camera));
  }

  private void notifyListeners(Consumer<CameraListener> change) {
    for (CameraListener listener : listeners) {
      try {
        change.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("a listener to changes of the cameras failed; the change is not undone", e);
      }
    }
  }
}
