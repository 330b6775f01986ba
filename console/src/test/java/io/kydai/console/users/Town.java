package io.kydai.console.users;

import io.kydai.console.TestClock;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The people of a town, over a real database and with a clock that a test moves. */
final class Town implements AutoCloseable {
  static final String PASSWORD = "mua roi tren song Huong";
  static final RequestOrigin HERE = new RequestOrigin("10.0.0.7", "r1");

  final TestClock clock = new TestClock(Instant.parse("2026-11-28T08:00:00Z"));
  final Database database;
  final AuditLog audit;
  final Directory directory;
  final Sessions sessions;
  final LogIns logIns;

  Town(Path folder) {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    audit = new AuditLog(database, clock);
    directory = new Directory(database, audit, clock, QuickPasswords.COST);
    sessions =
        new Sessions(
            database, directory, audit, clock, Sessions.Limits.USUAL, Sessions.SecondFactor.NONE);
    logIns = new LogIns(sessions, directory, audit, Sessions.SecondFactor.NONE, clock);
  }

  /** As another process, or the next one, has them. */
  Sessions otherProcess() {
    return new Sessions(
        database,
        new Directory(database, audit, clock, QuickPasswords.COST),
        audit,
        clock,
        Sessions.Limits.USUAL,
        Sessions.SecondFactor.NONE);
  }

  Account add(String name, Grant... grants) {
    return directory.add(
        name, name, null, List.of(grants), PASSWORD, Actor.SYSTEM, RequestOrigin.NONE);
  }

  @Override
  public void close() {
    database.close();
  }
}
