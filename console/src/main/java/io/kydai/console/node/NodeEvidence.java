package io.kydai.console.node;

import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.config.StorageConfig;
import io.kydai.console.evidence.AlertContext;
import io.kydai.console.evidence.EvidenceManifests;
import io.kydai.console.evidence.ManifestChain;
import io.kydai.console.evidence.TimeStamping;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.store.Database;
import io.kydai.ingest.status.ClockOffset;
import io.kydai.streaming.evidence.EvidenceFolder;
import io.kydai.streaming.evidence.EvidenceSettings;
import io.kydai.streaming.proof.RootCertificates;
import io.kydai.streaming.proof.SigningKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of a node with its key and its chain of manifests.
 *
 * @param key by which it is signed
 * @param folder of the evidence
 * @param chain of the manifests
 * @param manifests the writer of manifests, which the caller starts and closes
 */
record NodeEvidence(
    SigningKey key, EvidenceFolder folder, ManifestChain chain, EvidenceManifests manifests) {
  /**
   * Opens the key, which is made at the first start, and the chain.
   *
   * @throws StartException when the key cannot be used
   */
  static NodeEvidence open(
      DataDirectory data,
      Database database,
      CameraRegistry cameras,
      MeterRegistry metrics,
      Clock clock) {
    EvidenceFolder folder = new EvidenceFolder(data.evidence());
    try {
      SigningKey key = SigningKey.open(data.evidenceKey(), data.evidence());
      ManifestChain chain = new ManifestChain(database, key, folder, clock);
      return new NodeEvidence(
          key,
          folder,
          chain,
          new EvidenceManifests(
              chain, folder, alert -> context(alert, cameras, metrics, clock), clock));
    } catch (IOException e) {
      throw new StartException("The key of the evidence cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * Returns where evidence is written and by whom cameras' signatures are vouched for.
   *
   * @throws StartException when the certificates cannot be read
   */
  static EvidenceSettings settings(DataDirectory data, StorageConfig storage) {
    Path roots = storage.cameraRoots();
    try {
      return new EvidenceSettings(
          data.evidence(),
          storage.preRoll(),
          storage.postRoll(),
          roots == null ? Set.of() : RootCertificates.read(roots));
    } catch (IOException e) {
      throw new StartException(
          "The root certificates of cameras, storage.camera-roots, cannot be read: " + e, e);
    }
  }

  /**
   * Starts to have the chain stamped, where an authority is configured; the result, which the
   * caller closes, is null otherwise.
   */
  @Nullable TimeStamping timeStamping(StorageConfig storage, MeterRegistry metrics) {
    if (storage.timeStamps() == null) {
      return null;
    }
    TimeStamping stamping =
        new TimeStamping(chain, folder, storage.timeStamps(), storage.timeStampEvery(), metrics);
    stamping.start();
    return stamping;
  }

  void reconcile(ReportQueue reports) {
    OrphanedEvidence.reconcile(folder, reports, chain);
  }

  private static AlertContext context(
      Report.Origin alert, CameraRegistry cameras, MeterRegistry metrics, Clock clock) {
    @Nullable RuleSpec rule =
        cameras.camera(alert.camera()).stream()
            .flatMap(camera -> camera.rules().stream())
            .filter(one -> one.id().equals(alert.rule().value()))
            .findFirst()
            .orElse(null);
    return new AlertContext(
        clock.instant(), rule, ClockOffset.seconds(metrics, alert.camera()).orElse(null));
  }
}
