package io.kydai.console.http.api.desk;

import io.kydai.console.claims.Claim;
import java.time.Instant;

/** The contract's {@code Claim}. */
public record ClaimAnswer(
    String report, String holder, String holderId, Instant since, Instant until) {
  /** Returns a claim in the form of the contract. */
  public static ClaimAnswer of(Claim claim) {
    return new ClaimAnswer(
        claim.report().id().value(),
        claim.holder().name(),
        claim.holder().id(),
        claim.since(),
        claim.until());
  }
}
