package io.kydai.console.wall;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.Database;
import io.kydai.console.store.Ulids;
import io.kydai.ingest.source.CameraId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * The layouts of the wall in the database. A change and its entry in the audit are one transaction.
 * Any thread; the methods wait for the database.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>layouts of one owner</td><td>{@value #MAX_OF_OWNER}; further ones are refused</td></tr>
 * <tr><td>all layouts</td><td>{@value #MAX_LAYOUTS}; further ones are refused</td></tr>
 * </table>
 */
public final class WallLayouts {
  static final int MAX_OF_OWNER = 50;
  static final int MAX_LAYOUTS = 5_000;

  private static final String COLUMNS =
      "SELECT id, owner, owner_name, name, shared, tiles, of_group, cameras FROM wall_layout";

  private static final RowMapper<WallLayout> LAYOUT =
      (row, context) ->
          new WallLayout(
              row.getString("id"),
              row.getString("owner"),
              row.getString("owner_name"),
              new WallLayout.Content(
                  row.getString("name"),
                  row.getInt("shared") == 1,
                  row.getString("tiles"),
                  row.getString("of_group"),
                  Stream.of(row.getString("cameras").split(" "))
                      .filter(id -> !id.isEmpty())
                      .map(CameraId::new)
                      .toList()));

  private final Database database;
  private final AuditLog audit;
  private final Ulids ids;

  /** Creates the layouts of a database. */
  public WallLayouts(Database database, AuditLog audit, Clock clock) {
    this.database = requireNonNull(database);
    this.audit = requireNonNull(audit);
    ids = new Ulids(clock);
  }

  /** Returns the layouts of somebody and those that others share, by name. */
  public List<WallLayout> of(Actor viewer) {
    return database.inSnapshot(
        db ->
            db.createQuery(COLUMNS + " WHERE owner = :owner OR shared = 1 ORDER BY name, owner, id")
                .bind("owner", viewer.id())
                .map(LAYOUT)
                .list());
  }

  /** Returns a layout; empty when there is none with the id. */
  public Optional<WallLayout> find(String id) {
    return database.inSnapshot(
        db -> db.createQuery(COLUMNS + " WHERE id = :id").bind("id", id).map(LAYOUT).findOne());
  }

  /**
   * Saves a layout in the place of the owner's layout of the same name, if there is one.
   *
   * @throws TooManyLayoutsException when a bound is reached
   */
  public WallLayout save(WallLayout.Content content, Actor owner, RequestOrigin origin) {
    return database.inTransaction(
        db -> {
          Optional<String> known =
              db.createQuery("SELECT id FROM wall_layout WHERE owner = :owner AND name = :name")
                  .bind("owner", owner.id())
                  .bind("name", content.name())
                  .mapTo(String.class)
                  .findOne();
          known.ifPresentOrElse(id -> delete(db, id), () -> checkRoom(db, owner));
          WallLayout layout =
              new WallLayout(
                  known.orElseGet(ids::next), String.valueOf(owner.id()), owner.name(), content);
          insert(db, layout);
          audit.append(
              db,
              of(AuditEventType.LAYOUT_SAVED, layout, owner, origin)
                  .detail("tiles", content.tiles()));
          return layout;
        });
  }

  private static void checkRoom(Handle db, Actor owner) {
    int own =
        db.createQuery("SELECT COUNT(*) FROM wall_layout WHERE owner = :owner")
            .bind("owner", owner.id())
            .mapTo(Integer.class)
            .one();
    if (own >= MAX_OF_OWNER) {
      throw new TooManyLayoutsException(
          "There are %d layouts of yours already.".formatted(MAX_OF_OWNER));
    }
    int all = db.createQuery("SELECT COUNT(*) FROM wall_layout").mapTo(Integer.class).one();
    if (all >= MAX_LAYOUTS) {
      throw new TooManyLayoutsException("There are %d layouts already.".formatted(MAX_LAYOUTS));
    }
  }

  private static AuditEvent of(
      AuditEventType type, WallLayout layout, Actor actor, RequestOrigin origin) {
    return AuditEvent.of(type, actor, origin)
        .detail("layout", layout.id())
        .detail("name", layout.content().name())
        .detail("shared", layout.content().shared());
  }

  private static void delete(Handle db, String id) {
    db.createUpdate("DELETE FROM wall_layout WHERE id = :id").bind("id", id).execute();
  }

  private static void insert(Handle db, WallLayout layout) {
    WallLayout.Content content = layout.content();
    db.createUpdate(
            "INSERT INTO wall_layout (id, owner, owner_name, name, shared, tiles, of_group,"
                + " cameras) VALUES (:id, :owner, :ownerName, :name, :shared, :tiles, :group,"
                + " :cameras)")
        .bind("id", layout.id())
        .bind("owner", layout.owner())
        .bind("ownerName", layout.ownerName())
        .bind("name", content.name())
        .bind("shared", content.shared() ? 1 : 0)
        .bind("tiles", content.tiles())
        .bind("group", content.group())
        .bind(
            "cameras",
            content.cameras().stream().map(CameraId::value).collect(Collectors.joining(" ")))
        .execute();
  }

  /**
   * Removes a layout.
   *
   * @return whether there was one with the id
   */
  public boolean remove(String id, Actor actor, RequestOrigin origin) {
    return database.inTransaction(
        db -> {
          Optional<WallLayout> known =
              db.createQuery(COLUMNS + " WHERE id = :id").bind("id", id).map(LAYOUT).findOne();
          known.ifPresent(
              layout -> {
                delete(db, id);
                audit.append(db, of(AuditEventType.LAYOUT_REMOVED, layout, actor, origin));
              });
          return known.isPresent();
        });
  }
}
