package io.kydai.console.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * An operation of the contract.
 *
 * @param method in capitals
 * @param path with parameters in braces
 * @param shared the parameters of all operations of the path; a missing node where there are none
 * @param content what the contract has of it
 */
record ContractOperation(String method, String path, JsonNode shared, JsonNode content) {
  String id() {
    return content.get("operationId").asText();
  }

  /** Returns the permission that it needs, or {@code public}, {@code any} or {@code log-in}. */
  String permission() {
    return content.path("x-permission").asText();
  }

  boolean documents(int status) {
    return content.get("responses").has(String.valueOf(status));
  }

  /** Returns the statuses that it documents one by one. */
  Set<String> statuses() {
    Set<String> statuses = new TreeSet<>();
    content.get("responses").fieldNames().forEachRemaining(statuses::add);
    statuses.remove("default");
    return statuses;
  }

  boolean isWebSocket() {
    return documents(101);
  }
}
