package io.kydai.console.webhooks;

import io.kydai.console.outbox.DestinationRows;
import java.time.Instant;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A configured endpoint, and how its deliveries are.
 *
 * @param id the key of the endpoint, from which its address cannot be read
 * @param endpoint its scheme, host and port; the path and the query may hold a token
 * @param types the types of alerts and events that it receives; all where empty
 * @param waiting the number of events that wait for delivery
 * @param dead the number of dead letters
 * @param deliveredAt the time of the last delivery since the process started; null where there was
 *     none
 * @param failure why the first event that waits was not delivered; null where no attempt of it
 *     failed
 */
public record EndpointStatus(
    String id,
    String endpoint,
    SortedSet<String> types,
    int waiting,
    int dead,
    @Nullable Instant deliveredAt,
    DestinationRows.@Nullable Failure failure) {}
