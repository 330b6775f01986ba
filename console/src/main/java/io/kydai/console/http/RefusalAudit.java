package io.kydai.console.http;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.answer.Problem.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Records refusals in the audit: those of one actor, operation and object within some minutes are
 * one entry. An actor that tries one object after the other has at most {@value #MAX_OBJECTS}
 * entries that name them within {@link #WINDOW}; what follows is counted for each operation alone,
 * with the mark {@code further}, so that nobody can fill the audit or take the place of others'
 * groups. The actors that are known are at most {@value #MAX_ACTORS}, of which the one that came
 * first is forgotten first.
 */
final class RefusalAudit {
  static final int MAX_OBJECTS = 100;
  private static final int MAX_ACTORS = 1_000;
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final AuditGroups audit;
  private final Clock clock;

  /** Guarded by this. */
  private final Map<Actor, Tried> actors =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Actor, Tried> eldest) {
          return size() > MAX_ACTORS;
        }
      };

  /** What was refused to an actor since a moment. */
  private record Tried(Instant since, Set<String> objects) {}

  RefusalAudit(AuditGroups audit, Clock clock) {
    this.audit = requireNonNull(audit);
    this.clock = requireNonNull(clock);
  }

  /** Records a refusal; waits for the disk. */
  void record(Actor actor, RequestOrigin origin, String operation, int status, Refusal refusal) {
    AuditEvent event =
        AuditEvent.of(AuditEventType.ACCESS_REFUSED, actor, origin).detail("operation", operation);
    audit.record(
        named(actor, operation + " " + refusal.camera() + " " + refusal.report())
            ? event
                .camera(refusal.camera())
                .report(refusal.report())
                .detail("status", status)
                .detail(
                    "permission", refusal.permission() == null ? null : refusal.permission().wire())
            : event.detail("further", true));
  }

  private synchronized boolean named(Actor actor, String object) {
    Instant now = clock.instant();
    Tried known = actors.get(actor);
    if (known == null || !now.isBefore(known.since().plus(WINDOW))) {
      actors.remove(actor);
      known = new Tried(now, new HashSet<>());
      actors.put(actor, known);
    }
    if (known.objects().contains(object)) {
      return true;
    }
    return known.objects().size() < MAX_OBJECTS && known.objects().add(object);
  }
}
