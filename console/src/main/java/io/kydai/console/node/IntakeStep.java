package io.kydai.console.node;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.console.reports.ReportQueue;
import io.kydai.streaming.evidence.EvidenceItem;
import java.util.List;

/** One change to the report queue. Applying it twice has the same effect as applying it once. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
  @JsonSubTypes.Type(value = IntakeStep.Opened.class, name = "opened"),
  @JsonSubTypes.Type(value = IntakeStep.Changed.class, name = "changed"),
  @JsonSubTypes.Type(value = IntakeStep.Evidence.class, name = "evidence")
})
sealed interface IntakeStep {
  /** Applies the change to the report queue. */
  void applyTo(ReportQueue reports);

  /** Returns a description for logs, without plates and reasons. */
  String description();

  /** An alert was opened; its snapshot is on the disk. */
  record Opened(Alert alert, List<EvidenceItem> evidence) implements IntakeStep {
    @Override
    public void applyTo(ReportQueue reports) {
      reports.receive(alert, evidence);
    }

    @Override
    public String description() {
      return "camera "
          + alert.origin().camera()
          + ": alert "
          + alert.id()
          + " of rule "
          + alert.origin().rule();
    }
  }

  /** An alert was updated or closed. */
  record Changed(Alert alert) implements IntakeStep {
    @Override
    public void applyTo(ReportQueue reports) {
      reports.update(alert);
    }

    @Override
    public String description() {
      return "camera " + alert.origin().camera() + ": alert " + alert.id() + " " + alert.phase();
    }
  }

  /** A file of evidence of an alert is complete. */
  record Evidence(AlertId alert, EvidenceItem item) implements IntakeStep {
    @Override
    public void applyTo(ReportQueue reports) {
      reports.addEvidence(alert, item);
    }

    @Override
    public String description() {
      return item.name() + " of alert " + alert;
    }
  }
}
