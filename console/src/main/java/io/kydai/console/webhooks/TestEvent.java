package io.kydai.console.webhooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * An event that only tests an endpoint: a CloudEvent (CloudEvents 1.0, JSON format, structured
 * mode) of the type {@value #TYPE} without a report.
 *
 * @param specversion the version of CloudEvents, 1.0
 * @param id the event's id
 * @param source the node's API
 * @param type the event's type
 * @param time the time at which the event was created, RFC 3339 in UTC
 * @param datacontenttype the media type of {@code data}
 * @param data empty
 */
record TestEvent(
    String specversion,
    String id,
    String source,
    String type,
    String time,
    String datacontenttype,
    Map<String, String> data) {
  static final String TYPE = "io.kydai.webhook.test.v1";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Returns the body of the request. */
  static String body(String id, Instant at, URI console) {
    String api = console.toString().replaceFirst("/+$", "") + "/api/v1";
    try {
      return JSON.writeValueAsString(
          new TestEvent("1.0", id, api, TYPE, at.toString(), "application/json", Map.of()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
