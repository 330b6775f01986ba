package io.kydai.console.cameras;

import static java.util.Objects.requireNonNull;

import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.CameraJson;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.store.Database;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.document.ConfigException;
import io.kydai.models.document.ConfigProblem;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
 * Every camera of the node: those of the configuration file, and what people changed while it ran.
 * Any thread.
 *
 * <p>Who is right, when both speak of one id: what people did is kept in the database and wins over
 * the file, at each start again. A camera that was replaced stays as it was replaced, one that was
 * removed stays away, though the file still has it; the log says so. To let the file speak again,
 * add or replace the camera exactly as the file has it: the database then forgets it. An address
 * that people left as the file has it is not kept, and follows the file: its password may change
 * there, and a demo's port does.
 *
 * <p>At most {@value #MAX_CAMERAS} cameras; one more is refused.
 */
public final class CameraRegistry {
  private static final int MAX_CAMERAS = 10_000;
  private static final Logger LOG = LoggerFactory.getLogger(CameraRegistry.class);

  private final Database database;
  private final Map<CameraId, CameraConfig> file = new TreeMap<>();
  private final Clock clock;
  private final List<CameraListener> listeners = new CopyOnWriteArrayList<>();
  private volatile SortedMap<CameraId, CameraConfig> cameras;

  /**
   * @param fromFile the cameras of the configuration file
   */
  public CameraRegistry(Database database, List<CameraConfig> fromFile, Clock clock) {
    this.database = requireNonNull(database);
    this.clock = requireNonNull(clock);
    fromFile.forEach(camera -> file.put(camera.id(), camera));
    cameras = Collections.unmodifiableSortedMap(database.inSnapshot(this::load));
  }

  /** A row of what people did; no definition where the camera was removed. */
  private record Kept(CameraId id, @Nullable String definition, Instant at) {}

  private SortedMap<CameraId, CameraConfig> load(Handle db) {
    List<Kept> rows =
        db.createQuery("SELECT id, definition, changed_at FROM camera ORDER BY id")
            .map(
                (row, context) ->
                    new Kept(
                        new CameraId(row.getString("id")),
                        row.getString("definition"),
                        Instant.ofEpochMilli(row.getLong("changed_at"))))
            .list();
    SortedMap<CameraId, CameraConfig> all = new TreeMap<>(file);
    for (Kept row : rows) {
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

  /** One camera that cannot be read any more is no reason to leave the others. */
  private static Optional<CameraConfig> read(CameraId id, String definition) {
    try {
      return Optional.of(CameraJson.fromStorage(definition));
    } catch (ConfigException e) {
      LOG.error("camera {}: left out, its stored definition does not hold: {}", id, e.getMessage());
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
          "camera {}: left out, its address was the configuration file's, which no longer has it",
          camera.id());
    }
    return inFile.map(CameraConfig::url).map(camera::withUrl);
  }

  /** Hears of changes from now on. */
  public void listen(CameraListener listener) {
    listeners.add(requireNonNull(listener));
  }

  /** Every camera, in the order of their ids. */
  public List<CameraConfig> cameras() {
    return List.copyOf(cameras.values());
  }

  public Optional<CameraConfig> camera(CameraId id) {
    return Optional.ofNullable(cameras.get(id));
  }

  /**
   * @throws CameraExistsException when there is one of that id
   * @throws ConfigException when there are too many
   */
  public synchronized CameraConfig add(CameraConfig camera) {
    if (cameras.containsKey(camera.id())) {
      throw new CameraExistsException(camera.id());
    }
    if (cameras.size() >= MAX_CAMERAS) {
      throw new ConfigException(
          "",
          List.of(
              new ConfigProblem("", "", 0, "there are %d cameras already".formatted(MAX_CAMERAS))));
    }
    keep(camera.id(), camera);
    tell(listener -> listener.added(camera));
    return camera;
  }

  /**
   * Replaces a camera. An address that comes back as {@link CameraConfig#shownUrl} shows it keeps
   * the user, the password and what else is hidden there.
   *
   * @param expected whether the camera, as it is before, is what the caller would replace
   * @return the camera as it is now
   * @throws UnknownCameraException when there is none of that id
   * @throws CameraChangedException when it is not as expected; nothing is changed then
   */
  public synchronized CameraConfig replace(CameraConfig camera, Predicate<CameraConfig> expected) {
    CameraConfig before =
        camera(camera.id()).orElseThrow(() -> new UnknownCameraException(camera.id()));
    if (!expected.test(before)) {
      throw new CameraChangedException(camera.id());
    }
    CameraConfig after = withKnownCredentials(camera, before);
    if (after.equals(before)) {
      return before;
    }
    keep(after.id(), after);
    tell(listener -> listener.changed(before, after));
    return after;
  }

  private static CameraConfig withKnownCredentials(CameraConfig camera, CameraConfig before) {
    Optional<String> given =
        camera
            .source()
            .filter(source -> source.credentials().isEmpty())
            .map(source -> source.address().toString());
    Secret known = before.url();
    return known != null && given.isPresent() && given.equals(before.shownUrl())
        ? camera.withUrl(known)
        : camera;
  }

  /**
   * @throws UnknownCameraException when there is none of that id
   */
  public synchronized void remove(CameraId id) {
    CameraConfig camera = camera(id).orElseThrow(() -> new UnknownCameraException(id));
    keep(id, null);
    tell(listener -> listener.removed(camera));
  }

  /** Writes down only what differs from the file, then shows it to readers. */
  private void keep(CameraId id, @Nullable CameraConfig camera) {
    CameraConfig inFile = file.get(id);
    boolean asInFile = Objects.equals(inFile, camera);
    CameraConfig kept =
        camera != null && inFile != null && inFile.source().equals(camera.source())
            ? camera.withoutUrl()
            : camera;
    database.inTransaction(
        db -> {
          db.createUpdate("DELETE FROM camera WHERE id = :id").bind("id", id.value()).execute();
          if (!asInFile) {
            db.createUpdate(
                    "INSERT INTO camera (id, definition, changed_at) VALUES (:id, :definition, :at)")
                .bind("id", id.value())
                .bind("definition", kept == null ? null : CameraJson.toStorage(kept))
                .bind("at", clock.millis())
                .execute();
          }
          return asInFile;
        });
    SortedMap<CameraId, CameraConfig> all = new TreeMap<>(cameras);
    if (camera == null) {
      all.remove(id);
    } else {
      all.put(id, camera);
    }
    cameras = Collections.unmodifiableSortedMap(all);
  }

  private void tell(Consumer<CameraListener> news) {
    for (CameraListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("a listener failed at a change of the cameras; the change stands", e);
      }
    }
  }
}
