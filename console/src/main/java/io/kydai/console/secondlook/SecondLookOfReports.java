package io.kydai.console.secondlook;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.reports.Decision;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportConsequences;
import io.kydai.console.settings.DeskSettings;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Tells the report queue which reports need two looks, by the setting as it is at each step. */
public final class SecondLookOfReports implements ReportConsequences {
  private final DeskSettings settings;

  public SecondLookOfReports(DeskSettings settings) {
    this.settings = requireNonNull(settings);
  }

  @Override
  public boolean needsTwoLooks(Handle db, Report report) {
    return settings.get(db, SecondLook.SETTING).value().types().contains(report.origin().type());
  }

  @Override
  public Optional<Decision> received(Handle db, Report report) {
    return Optional.empty();
  }

  @Override
  public Optional<Decision> acted(
      Handle db, Report before, Report after, Report.Step step, Actor actor) {
    return Optional.empty();
  }
}
