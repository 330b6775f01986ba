package io.kydai.console.webhooks;

import java.time.Duration;

/**
 * What became of an event that tested an endpoint.
 *
 * @param delivered whether the endpoint accepted it (a status of 200 to 299)
 * @param why the outcome as a text, such as {@code HTTP status 500}
 * @param took the time until the answer or the failure
 */
public record TestOutcome(boolean delivered, String why, Duration took) {}
