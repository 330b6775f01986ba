package io.kydai.console.node;

import io.kydai.console.audit.AuditLog;
import io.kydai.console.cases.CaseRenderer;
import io.kydai.console.cases.CaseSettings;
import io.kydai.console.cases.Cases;
import io.kydai.console.config.StorageConfig;
import io.kydai.console.recordings.RecordingLibrary;
import io.kydai.console.store.Database;
import io.kydai.ingest.status.ClockOffset;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Opens the cases of a node by its configuration. */
final class NodeCases {
  private static final long GIB = 1L << 30;

  private NodeCases() {}

  static Cases open(
      Path folder,
      StorageConfig storage,
      Database database,
      AuditLog audit,
      RecordingLibrary recordings,
      NodeEvidence evidence,
      CaseRenderer renderer,
      MeterRegistry metrics,
      Clock clock) {
    return new Cases(
        database,
        audit,
        recordings,
        evidence.key(),
        evidence.chain()::head,
        camera -> ClockOffset.seconds(metrics, camera),
        renderer,
        new CaseSettings(
            folder,
            storage.casesMostGib() * GIB,
            storage.recordingsLeastFreeGib() * GIB,
            Duration.ofDays(storage.casesKeepDays())),
        clock);
  }
}
