package io.kydai.console.cases;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.cases.ExportedCase.State;
import io.kydai.console.store.Database;
import io.kydai.console.store.Ulids;
import io.kydai.console.users.RandomSecret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The links by which somebody without an account downloads a case. Whoever has a link's secret may
 * begin so many downloads until it expires or is revoked. The database has the secret's hash only.
 * A download that begins gets a ticket, by which it may be resumed within {@link #LASTING}; tickets
 * are in memory, so that after a restart a download begins anew. The methods may be called on any
 * thread that may wait for the disk.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>links of a case</td><td>{@value #MOST_OF_CASE}; a further one is refused</td></tr>
 * <tr><td>tickets</td><td>{@value #MOST_TICKETS}; the oldest is forgotten</td></tr>
 * </table>
 */
public final class CaseLinks {
  /** How long a download may take. */
  public static final Duration LASTING = Duration.ofHours(12);

  /** The longest time until a link expires. */
  public static final Duration LONGEST = Duration.ofDays(30);

  static final int MOST_OF_CASE = 50;
  static final int MOST_TICKETS = 1_000;

  private static final String LINKS =
      "SELECT id, exported_case, reason, actor, created_at, expires_at, most_downloads, downloads,"
          + " last_used_at, revoked_at FROM case_link";

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;
  private final Ulids ids;
  private final Map<String, Ticket> tickets =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Ticket> eldest) {
          return size() > MOST_TICKETS;
        }
      };

  private record Ticket(String link, String exportedCase, Instant until) {}

  /**
   * A link that was made.
   *
   * @param secret which is known to nobody else
   */
  public record Made(CaseLink link, String secret) {
    /** Hides the secret. */
    @Override
    public String toString() {
      return "Made[" + link.id() + "]";
    }
  }

  /** A case that a link shows. */
  public record Shown(ExportedCase exported, CaseLink link) {}

  /**
   * A download that begins.
   *
   * @param ticket by which it goes on; a secret
   */
  public record Begun(ExportedCase exported, String ticket) {
    /** Hides the ticket. */
    @Override
    public String toString() {
      return "Begun[" + exported.id() + "]";
    }
  }

  CaseLinks(Database database, AuditLog audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    ids = new Ulids(clock);
  }

  /**
   * Makes a link.
   *
   * @throws CaseRefusedException when the case has no archive, or too many links
   */
  public Made add(
      ExportedCase one,
      String reason,
      Instant expiresAt,
      int mostDownloads,
      Actor actor,
      RequestOrigin origin) {
    RandomSecret secret = RandomSecret.generate();
    CaseLink link =
        new CaseLink(
            ids.next(),
            one.id(),
            reason,
            actor.name(),
            now(),
            expiresAt.truncatedTo(ChronoUnit.MILLIS),
            mostDownloads,
            0,
            null,
            null);
    database.inTransaction(
        db -> {
          if (CaseTable.find(db, one.id()).filter(known -> known.state() == State.DONE).isEmpty()) {
            throw new CaseRefusedException("Only a case that is made has links.");
          }
          if (of(db, one.id()).size() >= MOST_OF_CASE) {
            throw new CaseRefusedException("The case has " + MOST_OF_CASE + " links already.");
          }
          insert(db, link, RandomSecret.hash(secret.text()));
          audit.append(
              db,
              about(AuditEventType.CASE_LINK_MADE, one, link, actor, origin)
                  .reason(reason)
                  .detail("expires-at", link.expiresAt())
                  .detail("downloads", mostDownloads));
          return true;
        });
    return new Made(link, secret.text());
  }

  private static void insert(Handle db, CaseLink link, String hash) {
    db.createUpdate(
            "INSERT INTO case_link (id, exported_case, secret_hash, reason, actor, created_at,"
                + " expires_at, most_downloads, downloads) VALUES (:id, :case, :hash, :reason,"
                + " :actor, :created, :expires, :most, 0)")
        .bind("id", link.id())
        .bind("case", link.exportedCase())
        .bind("hash", hash)
        .bind("reason", link.reason())
        .bind("actor", link.actor())
        .bind("created", link.createdAt().toEpochMilli())
        .bind("expires", link.expiresAt().toEpochMilli())
        .bind("most", link.mostDownloads())
        .execute();
  }

  private static AuditEvent about(
      AuditEventType type, ExportedCase one, CaseLink link, Actor actor, RequestOrigin origin) {
    return Cases.event(type, one, actor, origin).detail("link", link.id());
  }

  /** Returns the links of a case, the newest first. */
  public List<CaseLink> of(String exportedCase) {
    return database.inSnapshot(db -> of(db, exportedCase));
  }

  private static List<CaseLink> of(Handle db, String exportedCase) {
    return db.createQuery(LINKS + " WHERE exported_case = :case ORDER BY id DESC")
        .bind("case", exportedCase)
        .map((row, context) -> link(row))
        .list();
  }

  /** Finds a link by its id. */
  public Optional<CaseLink> find(String id) {
    return database.inSnapshot(db -> find(db, id));
  }

  private static Optional<CaseLink> find(Handle db, String id) {
    return db.createQuery(LINKS + " WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> link(row))
        .findOne();
  }

  private static CaseLink link(ResultSet row) throws SQLException {
    return new CaseLink(
        row.getString("id"),
        row.getString("exported_case"),
        row.getString("reason"),
        row.getString("actor"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        row.getInt("most_downloads"),
        row.getInt("downloads"),
        CaseTable.millis(row, "last_used_at"),
        CaseTable.millis(row, "revoked_at"));
  }

  /** Ends a link, and the downloads by it when they ask for their next piece. */
  public void revoke(ExportedCase one, CaseLink link, Actor actor, RequestOrigin origin) {
    database.inTransaction(
        db -> {
          int changed =
              db.createUpdate(
                      "UPDATE case_link SET revoked_at = :now WHERE id = :id AND revoked_at IS"
                          + " NULL")
                  .bind("now", now().toEpochMilli())
                  .bind("id", link.id())
                  .execute();
          if (changed > 0) {
            audit.append(db, about(AuditEventType.CASE_LINK_REVOKED, one, link, actor, origin));
          }
          return changed;
        });
  }

  /** Returns what a link shows, without using it; empty for a secret that opens nothing. */
  public Optional<Shown> show(String secret) {
    return database.inSnapshot(db -> shown(db, secret));
  }

  private Optional<Shown> shown(Handle db, String secret) {
    return db.createQuery(LINKS + " WHERE secret_hash = :hash")
        .bind("hash", RandomSecret.hash(secret))
        .map((row, context) -> link(row))
        .findOne()
        .filter(link -> link.hasUse(clock.instant()))
        .flatMap(
            link ->
                CaseTable.find(db, link.exportedCase())
                    .filter(one -> one.hasArchive(clock.instant()))
                    .map(one -> new Shown(one, link)));
  }

  /** Begins a download, which uses the link once; empty for a secret that opens nothing. */
  public Optional<Begun> begin(String secret, RequestOrigin origin) {
    Instant now = now();
    Optional<Shown> shown =
        database.inTransaction(
            db -> {
              Optional<Shown> found = shown(db, secret);
              if (found.isPresent()) {
                CaseLink link = found.get().link();
                db.createUpdate(
                        "UPDATE case_link SET downloads = downloads + 1, last_used_at = :now"
                            + " WHERE id = :id")
                    .bind("now", now.toEpochMilli())
                    .bind("id", link.id())
                    .execute();
                ExportedCase one = found.get().exported();
                audit.append(
                    db,
                    about(
                            AuditEventType.CASE_LINK_USED,
                            one,
                            link,
                            Actor.anonymous("link " + link.id()),
                            origin)
                        .detail("sha256", one.sha256())
                        .detail("left", link.mostDownloads() - link.downloads() - 1));
              }
              return found;
            });
    return shown.map(
        found -> {
          RandomSecret ticket = RandomSecret.generate();
          synchronized (tickets) {
            tickets.put(
                RandomSecret.hash(ticket.text()),
                new Ticket(found.link().id(), found.exported().id(), now.plus(LASTING)));
          }
          return new Begun(found.exported(), ticket.text());
        });
  }

  /** Returns the case whose download a ticket goes on with; empty for one that opens nothing. */
  public Optional<Shown> goOn(String exportedCase, String ticket) {
    Ticket known;
    synchronized (tickets) {
      known = tickets.get(RandomSecret.hash(ticket));
    }
    Instant now = clock.instant();
    if (known == null || !known.exportedCase().equals(exportedCase) || now.isAfter(known.until())) {
      return Optional.empty();
    }
    return database.inSnapshot(
        db ->
            find(db, known.link())
                .filter(link -> link.holds(now))
                .flatMap(
                    link ->
                        CaseTable.find(db, exportedCase)
                            .filter(one -> one.hasArchive(now))
                            .map(one -> new Shown(one, link))));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
