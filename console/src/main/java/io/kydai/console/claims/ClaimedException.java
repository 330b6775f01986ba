package io.kydai.console.claims;

/** Another reviewer has the report. */
public class ClaimedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ClaimedException(Claim claim) {
    super(
        "%s has this report open since %s; take it over, or choose another"
            .formatted(claim.holder().name(), claim.since()));
  }
}
