package io.kydai.console.claims;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The claims of reports. A claim tells others that somebody looks at the report; it does not
 * prevent their decisions, which the report's version guards. Any thread; nothing waits.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>a claim</td><td>ends {@value #SECONDS} s after it was made or renewed</td></tr>
 * <tr><td>claims at a time</td><td>{@value #MAX_CLAIMS}; the one that was renewed longest ago is
 *     released for a further one</td></tr>
 * </table>
 */
public final class Claims {
  private static final int SECONDS = 60;
  private static final int MAX_CLAIMS = 2_000;
  private static final Duration LASTS = Duration.ofSeconds(SECONDS);

  private final Clock clock;
  private final List<ClaimListener> listeners = new CopyOnWriteArrayList<>();

  /** In the order of renewal, and so of their ends. */
  private final Map<ReportId, Claim> claims = new LinkedHashMap<>();

  /** Creates an empty set of claims. */
  public Claims(Clock clock) {
    this.clock = requireNonNull(clock);
  }

  /** Hears of claims from now on. */
  public void listen(ClaimListener listener) {
    listeners.add(requireNonNull(listener));
  }

  /**
   * Claims a report, or renews the claim.
   *
   * @param takeOver whether a claim of somebody else ends by this
   * @throws ClaimedException when somebody else has it, and it is not taken over
   */
  public synchronized Claim claim(Report report, Actor actor, boolean takeOver) {
    expire();
    Instant now = clock.instant();
    Claim known = claims.get(report.id());
    Instant since = known != null && known.heldBy(actor) ? known.since() : now;
    if (known != null && !known.heldBy(actor) && !takeOver) {
      throw new ClaimedException(known);
    }
    Claim claim = new Claim(report, actor, since, now.plus(LASTS));
    claims.remove(report.id());
    claims.put(report.id(), claim);
    if (claims.size() > MAX_CLAIMS) {
      drop(claims.values().iterator().next());
    }
    listeners.forEach(listener -> listener.claimed(claim));
    return claim;
  }

  /**
   * Releases a report that a party has.
   *
   * @return whether the party had it
   */
  public synchronized boolean release(ReportId report, Actor actor) {
    Claim known = claims.get(report);
    if (known == null || !known.heldBy(actor)) {
      return false;
    }
    drop(known);
    return true;
  }

  /** Releases all that a party has, as when its last page is gone. */
  public synchronized void releaseAll(Actor actor) {
    for (Claim claim : List.copyOf(claims.values())) {
      if (claim.heldBy(actor)) {
        drop(claim);
      }
    }
  }

  /** Ends the claims whose time is over; to be called every few seconds. */
  public synchronized void expire() {
    Instant now = clock.instant();
    for (Claim claim : List.copyOf(claims.values())) {
      if (claim.until().isAfter(now)) {
        return;
      }
      drop(claim);
    }
  }

  private void drop(Claim claim) {
    claims.remove(claim.report().id());
    listeners.forEach(listener -> listener.released(claim.report()));
  }

  /** Returns who has a report; empty when nobody has. */
  public synchronized Optional<Claim> of(ReportId report) {
    Instant now = clock.instant();
    return Optional.ofNullable(claims.get(report)).filter(claim -> claim.until().isAfter(now));
  }

  /** Returns the claims at this moment. */
  public synchronized List<Claim> all() {
    Instant now = clock.instant();
    List<Claim> present = new ArrayList<>(claims.values());
    present.removeIf(claim -> !claim.until().isAfter(now));
    return present;
  }
}
