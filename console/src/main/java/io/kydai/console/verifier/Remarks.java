package io.kydai.console.verifier;

import static java.util.stream.Collectors.joining;

import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportId;
import io.kydai.console.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The remarks of machines, one for each report at most. They are kept as long as their report, and
 * stay when no verifier is configured any more. The methods wait for the database.
 */
public final class Remarks {
  private static final int THOUSAND = 1_000;

  private final Database database;

  public Remarks(Database database) {
    this.database = database;
  }

  /** Returns what a machine said of a report; empty where none did. */
  public Optional<MachineRemark> of(ReportId report) {
    return database.inSnapshot(db -> find(db, report));
  }

  private static Optional<MachineRemark> find(Handle db, ReportId report) {
    return db.createQuery(
            "SELECT model, at, likelihood, description, flags FROM machine_remark"
                + " WHERE report = :report")
        .bind("report", report.value())
        .map((row, context) -> remark(row))
        .findOne();
  }

  private static MachineRemark remark(ResultSet row) throws SQLException {
    return new MachineRemark(
        row.getString("model"),
        Instant.ofEpochMilli(row.getLong("at")),
        new Remark(
            row.getInt("likelihood") / (double) THOUSAND,
            row.getString("description"),
            flags(row.getString("flags"))));
  }

  private static Set<Flag> flags(String words) {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    Arrays.stream(words.split(",")).forEach(word -> Flag.of(word).ifPresent(flags::add));
    return flags;
  }

  /**
   * Keeps a remark in the caller's transaction, and ranks the report's incident by the likeliest of
   * its reports of which something was said.
   *
   * @return whether the report had none before
   */
  static boolean keep(Handle db, Report report, MachineRemark remark) {
    int kept =
        db.createUpdate(
                "INSERT INTO machine_remark (report, model, at, likelihood, description, flags)"
                    + " VALUES (:report, :model, :at, :likelihood, :description, :flags)"
                    + " ON CONFLICT (report) DO NOTHING")
            .bind("report", report.id().value())
            .bind("model", remark.model())
            .bind("at", remark.at().toEpochMilli())
            .bind("likelihood", Math.round(remark.remark().likelihood() * THOUSAND))
            .bind("description", remark.remark().description())
            .bind(
                "flags",
                remark.remark().flags().stream().sorted().map(Flag::wire).collect(joining(",")))
            .execute();
    String incident = report.handling().incident();
    if (kept > 0 && incident != null) {
      db.createUpdate(
              "UPDATE incident SET machine_rank = (SELECT MAX(said.likelihood)"
                  + " FROM machine_remark AS said JOIN report ON report.id = said.report"
                  + " WHERE report.incident = :incident) WHERE id = :incident")
          .bind("incident", incident)
          .execute();
    }
    return kept > 0;
  }
}
