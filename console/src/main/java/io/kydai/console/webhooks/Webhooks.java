package io.kydai.console.webhooks;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.outbox.DeadLetterPage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What administrators see of the configured endpoints, and do about them. */
public interface Webhooks {
  /** The largest number of letters of a page. */
  int MAX_PAGE = 200;

  /** Returns the configured endpoints as they are now, in the configuration's order. */
  List<EndpointStatus> endpoints();

  /**
   * Sends an event that only tests an endpoint, once, and waits for the outcome, at most as long as
   * for any event. It passes by the events that wait, and an entry of the audit is made of it.
   *
   * @param id the endpoint's id
   * @return empty when no endpoint with the id is configured
   * @throws TestUnderWayException when an endpoint is being tested already
   */
  Optional<TestOutcome> test(String id, Actor actor, RequestOrigin origin);

  /**
   * Lets dead letters of an endpoint wait for delivery again, as though they had just been created;
   * their ids and contents stay. An entry of the audit is made in the same transaction.
   *
   * @param id the endpoint's id
   * @param event the event's id; null for all dead letters of the endpoint
   * @return the number of events; empty when no endpoint with the id is configured
   * @throws OutboxFullException when more events would wait than may; none is changed then
   */
  Optional<Integer> replay(String id, @Nullable String event, Actor actor, RequestOrigin origin);

  /**
   * Returns a page of dead letters, sorted from the newest event to the oldest.
   *
   * @param limit the largest number of letters, 1 to {@value #MAX_PAGE}
   * @param cursor {@code next} of the previous page; empty for the first page
   * @throws IllegalArgumentException when the limit or the cursor is wrong
   */
  DeadLetterPage page(int limit, String cursor);
}
