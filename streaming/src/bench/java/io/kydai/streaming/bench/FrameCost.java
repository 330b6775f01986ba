package io.kydai.streaming.bench;

import java.util.Map;
import java.util.OptionalLong;

/**
 * What one frame cost, 1e-9 s of {@link CpuClock}.
 *
 * @param ours each step as the product does it
 * @param raw the same by the library alone, for the steps that are a library's
 * @param singlePrecision the network in fp32 by the library alone, where the product's is another
 */
record FrameCost(Map<Step, Long> ours, Map<Step, Long> raw, OptionalLong singlePrecision) {
  FrameCost {
    ours = Map.copyOf(ours);
    raw = Map.copyOf(raw);
  }

  /** All that each frame costs. */
  long sum() {
    return ours.entrySet().stream()
        .filter(step -> step.getKey().everyFrame())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** What remains when there is nothing but the libraries. */
  long rawSum() {
    return raw.values().stream().mapToLong(Long::longValue).sum();
  }
}
