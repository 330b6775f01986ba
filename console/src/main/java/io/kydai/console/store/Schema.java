package io.kydai.console.store;

import io.kydai.console.store.engine.DatabaseEngine;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * The schema of the database, which Flyway migrates by the SQL files in the resources of this
 * package. Both engines read the same files.
 */
final class Schema {
  private static final String FILES = "classpath:io/kydai/console/store";

  private Schema() {}

  /**
   * Migrates a database to the newest version.
   *
   * @throws StoreException when its schema is newer than this program
   * @throws SQLException when the engine fails
   */
  static void migrate(DatabaseEngine engine) throws SQLException {
    Flyway flyway = flyway(engine, null);
    MigrationInfo[] migrations = flyway.info().all();
    refuseNewer(migrations);
    // Flyway looks at the whole schema once more before it finds that there is nothing to do, which
    // takes longer than the rest of a start.
    if (!Arrays.stream(migrations).allMatch(Schema::isAppliedAsItIs)) {
      flyway.migrate();
    }
    engine.migrated();
  }

  /** Returns whether the database has a migration, and has it as this program would make it. */
  private static boolean isAppliedAsItIs(MigrationInfo migration) {
    return migration.getState() == MigrationState.SUCCESS
        && migration.isChecksumMatching()
        && migration.isDescriptionMatching()
        && migration.isTypeMatching();
  }

  /**
   * Checks that a database has exactly the newest version.
   *
   * @throws StoreException when it has another one
   */
  static void check(DatabaseEngine engine) {
    MigrationInfo[] migrations = flyway(engine, null).info().all();
    refuseNewer(migrations);
    for (MigrationInfo migration : migrations) {
      if (!migration.getState().isApplied()) {
        throw new StoreException(
            "its schema lacks version "
                + migration.getVersion()
                + "; start the node of this version of Kydai once, which adds it");
      }
    }
  }

  /** Returns Flyway for the migrations up to a version, or for all where it is null. */
  static Flyway flyway(DatabaseEngine engine, @Nullable MigrationVersion last) {
    var configuration =
        Flyway.configure()
            .dataSource(engine.migrations())
            .locations(FILES)
            .placeholders(Map.of("clustered", engine.clustered(), "plates", engine.plates()));
    return (last == null ? configuration : configuration.target(last)).load();
  }

  private static void refuseNewer(MigrationInfo[] migrations) {
    for (MigrationInfo migration : migrations) {
      if (migration.getState() == MigrationState.FUTURE_SUCCESS) {
        throw new StoreException(
            "its schema has version "
                + migration.getVersion()
                + ", which is newer than this Kydai; start the newer Kydai again, or restore a"
                + " backup of the older one");
      }
    }
  }
}
