package io.kydai.console.node;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.PlatePicture;
import io.kydai.analytics.flow.FlowMaps;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.pipeline.AnalyticsListener;
import io.kydai.analytics.rules.counting.Sample;
import io.kydai.console.http.push.EventSockets;
import io.kydai.console.trial.ObservationArchive;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.Streaming;
import io.kydai.streaming.evidence.EvidenceItem;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Distributes the results of analytics: observations to live viewers, flow maps, the archive for
 * trials and what is kept of what moves; alerts to evidence, the report queue and the subscribers
 * to events; samples to statistics. The snapshot of an alert is made in the call, on the inference
 * worker, because its frame is only borrowed; an alert whose snapshot fails, or that has no
 * picture, becomes a report without one.
 */
final class AlertRouter implements AnalyticsListener {
  private static final Logger LOG = LoggerFactory.getLogger(AlertRouter.class);

  private final Streaming streaming;
  private final FlowMaps flows;
  private final ObservationArchive archive;
  private final Consumer<Observation> activity;
  private final ReportIntake intake;
  private final EventSockets events;
  private final BiConsumer<CameraId, List<Sample>> statistics;

  AlertRouter(
      Streaming streaming,
      FlowMaps flows,
      ObservationArchive archive,
      Consumer<Observation> activity,
      ReportIntake intake,
      EventSockets events,
      BiConsumer<CameraId, List<Sample>> statistics) {
    this.streaming = streaming;
    this.flows = flows;
    this.archive = archive;
    this.activity = activity;
    this.intake = intake;
    this.events = events;
    this.statistics = statistics;
  }

  @Override
  public void onObservation(Observation observation) {
    streaming.onObservation(observation);
    if (!observation.propagated()) {
      flows.onObservation(observation);
      archive.add(observation);
      activity.accept(observation);
    }
  }

  @Override
  public void onStatistics(CameraId camera, List<Sample> samples) {
    statistics.accept(camera, samples);
  }

  @Override
  public void onAlert(Alert alert, Observation observation, Frame frame) {
    route(alert, () -> snapshot(alert, observation, frame));
    if (alert.phase() != Alert.Phase.OPENED) {
      laterPictures(alert, observation, frame);
    }
  }

  /** An alert without its later pictures is still whole, and so a fault is only logged. */
  private void laterPictures(Alert alert, Observation observation, Frame frame) {
    try {
      if (alert.phase() == Alert.Phase.UPDATED) {
        streaming.update(alert, observation, frame);
      } else {
        streaming.end(alert, observation, frame).forEach(item -> intake.evidence(alert.id(), item));
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error(
          "{} alert {}: a picture of its peak or end cannot be saved",
          alert.origin().camera(),
          alert.id(),
          e);
    }
  }

  @Override
  public void onAlertWithoutPicture(Alert alert) {
    route(alert, List::of);
  }

  private void route(Alert alert, Supplier<List<EvidenceItem>> snapshot) {
    switch (alert.phase()) {
      case OPENED -> {
        LOG.info(
            "{} alert {} {} opened: {}",
            alert.origin().camera(),
            alert.id(),
            alert.origin().rule(),
            alert.finding().reason());
        intake.opened(alert, snapshot.get());
      }
      case UPDATED -> intake.updated(alert);
      case CLOSED -> {
        LOG.info(
            "{} alert {} {} closed: {}",
            alert.origin().camera(),
            alert.id(),
            alert.origin().rule(),
            alert.finding().reason());
        intake.closed(alert);
      }
    }
    streaming.onAlert(alert);
    events.alert(alert);
  }

  @Override
  public void onPlate(Alert alert, PlatePicture picture) {
    try {
      intake.evidence(alert.id(), streaming.plate(alert, picture));
    } catch (RuntimeException e) {
      LOG.error(
          "{} alert {}: the picture of its plate cannot be saved",
          alert.origin().camera(),
          alert.id(),
          e);
    }
  }

  private List<EvidenceItem> snapshot(Alert alert, Observation observation, Frame frame) {
    try {
      return List.of(streaming.begin(alert, observation, frame));
    } catch (RuntimeException
        | OutOfMemoryError e) { // JavaCPP throws the latter for native memory.
      LOG.error(
          "{} alert {}: its snapshot cannot be saved", alert.origin().camera(), alert.id(), e);
      return List.of();
    }
  }
}
