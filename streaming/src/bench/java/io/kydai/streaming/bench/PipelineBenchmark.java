package io.kydai.streaming.bench;

import ai.onnxruntime.OrtException;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.decode.CameraDecoder;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.inference.FramePipeline;
import io.kydai.analytics.inference.InferenceWorker;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.rules.CameraAnalysis;
import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.Precision;
import io.kydai.streaming.annotation.Snapshots;
import io.kydai.streaming.mp4.FragmentTimes;
import io.kydai.streaming.mp4.Fragments;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes access units through what the product does with a live camera's, on one thread, and each
 * frame through the bare libraries right beside it, the two taking turns in going first: so what
 * disturbs one disturbs the other, and neither always finds its data warm in the cache.
 */
final class PipelineBenchmark implements AutoCloseable {
  private static final int FRAMES_PER_SNAPSHOT = 10;

  private final CameraAnalysis analysis = BenchScene.analysis();
  private final ArrayDeque<DecodedFrame> decoded = new ArrayDeque<>();
  private final CameraDecoder decoder = new CameraDecoder(decoded::add);
  private final FragmentTimes fragmentTimes = new FragmentTimes();
  private final FramePipeline pipeline;
  private final InferenceWorker worker;
  private final RawNetwork rawNetwork;
  private final Optional<RawNetwork> singlePrecision;
  private final RawDecoder rawDecoder;
  private final Map<Step, Long> ours = new EnumMap<>(Step.class);
  private final Map<Step, Long> raw = new EnumMap<>(Step.class);
  private OptionalLong inSinglePrecision = OptionalLong.empty();
  private boolean oursFirst;
  private long stepStart;

  private PipelineBenchmark(DetectorModel model, Precision precision, AccessUnit first)
      throws IOException, OrtException {
    rawNetwork = new RawNetwork(model.inputSize(), precision);
    singlePrecision =
        precision == Precision.FP32
            ? Optional.empty()
            : Optional.of(new RawNetwork(model.inputSize(), Precision.FP32));
    rawDecoder = new RawDecoder(first.parameters());
    worker = new InferenceWorker(model);
    pipeline =
        new FramePipeline(
            analysis,
            new ByteTracker(),
            () -> AlertId.of("alert"),
            (stage, elapsed) -> spent(Step.of(stage)));
  }

  /** The pipeline tells elapsed time, and tells it at each step's end: that is what is used. */
  private void spent(Step step) {
    long now = CpuClock.now();
    ours.put(step, now - stepStart);
    stepStart = now;
  }

  /**
   * Measures.
   *
   * @param precision the model's, not auto; beside int8, fp32 is measured, too
   * @param units in decoding order, not empty; they use one set of parameters
   * @param warmUp how many of the first are gone through without being counted
   * @return what each frame after the warm-up cost, but for those that a decoder keeps at the end
   */
  static List<FrameCost> run(
      DetectorModel model, Precision precision, List<AccessUnit> units, int warmUp)
      throws IOException, OrtException {
    List<FrameCost> costs = new ArrayList<>();
    try (PipelineBenchmark benchmark = new PipelineBenchmark(model, precision, units.get(0))) {
      for (int i = 0; i < units.size(); i++) {
        boolean whole = benchmark.step(units.get(i), i);
        if (whole && i >= warmUp) {
          costs.add(new FrameCost(benchmark.ours, benchmark.raw, benchmark.inSinglePrecision));
        }
      }
    }
    return costs;
  }

  /** Answers whether a frame came out of the decoder, and so went through all steps. */
  private boolean step(AccessUnit unit, int number) throws OrtException {
    ours.clear();
    raw.clear();
    oursFirst = !oursFirst;
    if (!oursFirst) {
      raw.put(Step.DECODE, rawDecoder.decode(unit));
    }
    long start = CpuClock.now();
    decoder.decode(unit, System.nanoTime());
    ours.put(Step.DECODE, CpuClock.now() - start);
    if (oursFirst) {
      raw.put(Step.DECODE, rawDecoder.decode(unit));
    }
    mux(unit, number + 1L);
    if (decoded.isEmpty()) {
      return false;
    }
    try (DecodedFrame frame = decoded.remove()) {
      analyse(frame, number % FRAMES_PER_SNAPSHOT == 0);
    }
    return true;
  }

  /** As a live stream does while at least one viewer watches. */
  private void mux(AccessUnit unit, long number) {
    long start = CpuClock.now();
    long decodeTime = fragmentTimes.next(unit.decodeTime(), unit.discontinuity());
    Fragments.fragment(number, unit, decodeTime, fragmentTimes.duration());
    ours.put(Step.MUX, CpuClock.now() - start);
  }

  private void analyse(DecodedFrame frame, boolean snapshot) throws OrtException {
    if (singlePrecision.isPresent()) {
      inSinglePrecision = OptionalLong.of(singlePrecision.get().run(frame));
    }
    if (!oursFirst) {
      raw.put(Step.INFERENCE, rawNetwork.run(frame));
    }
    stepStart = CpuClock.now();
    Observation observation = pipeline.observe(frame, worker);
    pipeline.alerts(observation);
    if (oursFirst) {
      raw.put(Step.INFERENCE, rawNetwork.run(frame));
    }
    if (snapshot) {
      long start = CpuClock.now();
      Snapshots.annotated(frame, observation, analysis.scene());
      ours.put(Step.SNAPSHOT, CpuClock.now() - start);
    }
  }

  @Override
  public void close() throws OrtException {
    decoded.forEach(DecodedFrame::close);
    decoder.close();
    worker.close();
    rawDecoder.close();
    rawNetwork.close();
    if (singlePrecision.isPresent()) {
      singlePrecision.get().close();
    }
  }
}
