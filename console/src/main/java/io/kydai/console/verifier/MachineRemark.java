package io.kydai.console.verifier;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A remark as it is kept beside a report.
 *
 * @param model the name of the model that said it
 * @param at when it was said
 */
public record MachineRemark(String model, Instant at, Remark remark) {
  public MachineRemark {
    requireNonNull(model);
    requireNonNull(at);
    requireNonNull(remark);
  }
}
