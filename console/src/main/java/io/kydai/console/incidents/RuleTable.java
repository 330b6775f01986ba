package io.kydai.console.incidents;

import io.kydai.analytics.alert.RuleId;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportId;
import io.kydai.ingest.source.CameraId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Mutes and verdicts as rows. Every method works on the caller's transaction. */
final class RuleTable {
  private RuleTable() {}

  static void insertMute(Handle db, String id, Mute mute) {
    db.createUpdate(
            "INSERT INTO rule_mute (id, camera, rule_id, since, until, actor, reason)"
                + " VALUES (:id, :camera, :rule, :since, :until, :actor, :reason)")
        .bind("id", id)
        .bind("camera", mute.camera().value())
        .bind("rule", mute.rule().value())
        .bind("since", mute.since().toEpochMilli())
        .bind("until", mute.until().toEpochMilli())
        .bind("actor", mute.actor())
        .bind("reason", mute.reason())
        .execute();
  }

  /** Ends the mutes of a rule that last, and returns how many there were. */
  static int endMutes(Handle db, CameraId camera, RuleId rule, Instant now) {
    return db.createUpdate(
            "UPDATE rule_mute SET until = :now"
                + " WHERE camera = :camera AND rule_id = :rule AND until > :now")
        .bind("now", now.toEpochMilli())
        .bind("camera", camera.value())
        .bind("rule", rule.value())
        .execute();
  }

  static Optional<Mute> mute(Handle db, CameraId camera, RuleId rule, Instant now) {
    return db.createQuery(
            "SELECT camera, rule_id, since, until, actor, reason FROM rule_mute"
                + " WHERE camera = :camera AND rule_id = :rule AND until > :now"
                + " ORDER BY until DESC LIMIT 1")
        .bind("camera", camera.value())
        .bind("rule", rule.value())
        .bind("now", now.toEpochMilli())
        .map((row, context) -> mute(row))
        .findFirst();
  }

  /** Returns the mutes that last, those first that end first. */
  static List<Mute> mutes(Handle db, Instant now) {
    return db.createQuery(
            "SELECT camera, rule_id, since, until, actor, reason FROM rule_mute"
                + " WHERE until > :now ORDER BY until")
        .bind("now", now.toEpochMilli())
        .map((row, context) -> mute(row))
        .list();
  }

  static int countMutes(Handle db, Instant now) {
    return db.createQuery("SELECT COUNT(*) FROM rule_mute WHERE until > :now")
        .bind("now", now.toEpochMilli())
        .mapTo(Integer.class)
        .one();
  }

  /** Forgets mutes that ended before a moment; the audit has them. */
  static void forgetMutes(Handle db, Instant before) {
    db.createUpdate("DELETE FROM rule_mute WHERE until < :before")
        .bind("before", before.toEpochMilli())
        .execute();
  }

  private static Mute mute(ResultSet row) throws SQLException {
    return new Mute(
        new CameraId(row.getString("camera")),
        RuleId.of(row.getString("rule_id")),
        Instant.ofEpochMilli(row.getLong("since")),
        Instant.ofEpochMilli(row.getLong("until")),
        row.getString("actor"),
        row.getString("reason"));
  }

  /** A verdict as a report has it. */
  private record Given(String verdict, long day) {}

  /**
   * Replaces the verdict of a report, and moves the counts of its rule.
   *
   * @param verdict {@code VERIFIED} or {@code REJECTED}; null for none
   */
  static void setVerdict(Handle db, Report report, @Nullable String verdict, Instant now) {
    Optional<Given> before =
        db.createQuery(
                "SELECT verdict, verdict_day FROM report WHERE id = :id AND verdict IS NOT NULL")
            .bind("id", report.id().value())
            .map((row, context) -> new Given(row.getString("verdict"), row.getLong("verdict_day")))
            .findFirst();
    before.ifPresent(given -> count(db, report, given.verdict(), given.day(), -1));
    Long day = verdict == null ? null : day(now);
    if (verdict != null) {
      count(db, report, verdict, day(now), 1);
    }
    write(db, report.id(), verdict, day);
  }

  private static void write(
      Handle db, ReportId report, @Nullable String verdict, @Nullable Long day) {
    db.createUpdate("UPDATE report SET verdict = :verdict, verdict_day = :day WHERE id = :id")
        .bind("verdict", verdict)
        .bind("day", day)
        .bind("id", report.value())
        .execute();
  }

  private static void count(Handle db, Report report, String verdict, long day, int by) {
    boolean verified = verdict.equals("VERIFIED");
    db.createUpdate(
            "INSERT INTO rule_verdict (camera, rule_id, day, verified, rejected)"
                + " VALUES (:camera, :rule, :day, :verified, :rejected)"
                + " ON CONFLICT (camera, rule_id, day) DO UPDATE SET"
                + " verified = rule_verdict.verified + excluded.verified,"
                + " rejected = rule_verdict.rejected + excluded.rejected")
        .bind("camera", report.origin().camera().value())
        .bind("rule", report.origin().rule().value())
        .bind("day", day)
        .bind("verified", verified ? by : 0)
        .bind("rejected", verified ? 0 : by)
        .execute();
  }

  private static long day(Instant time) {
    return time.truncatedTo(ChronoUnit.DAYS).getEpochSecond() / 86_400;
  }

  static List<Verdicts> verdicts(Handle db, Instant since) {
    return db.createQuery(
            "SELECT camera, rule_id, SUM(verified) AS verified, SUM(rejected) AS rejected"
                + " FROM rule_verdict WHERE day >= :since GROUP BY camera, rule_id"
                + " HAVING SUM(verified) + SUM(rejected) > 0 ORDER BY camera, rule_id")
        .bind("since", day(since))
        .map(
            (row, context) ->
                new Verdicts(
                    new CameraId(row.getString("camera")),
                    RuleId.of(row.getString("rule_id")),
                    row.getInt("verified"),
                    row.getInt("rejected")))
        .list();
  }
}
