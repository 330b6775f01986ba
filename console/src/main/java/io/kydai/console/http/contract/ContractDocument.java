package io.kydai.console.http.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The HTTP contract, {@code openapi.json}, as a tree in which references are followed. */
final class ContractDocument {
  private final JsonNode root;

  ContractDocument(byte[] json) {
    try {
      this.root = new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the schema of an operation's JSON body; a missing node where it has no body.
   *
   * @param path as the contract writes it, such as {@code /api/v1/cameras/{id}}
   */
  JsonNode bodySchema(String path, HttpMethod method) {
    JsonNode body = resolve(operation(path, method).path("requestBody"));
    return body.path("content").path("application/json").path("schema");
  }

  /** Returns the schema of an operation's parameter; a missing node where it has no such one. */
  JsonNode parameterSchema(String path, HttpMethod method, String name) {
    JsonNode found = parameter(operation(path, method).path("parameters"), name);
    return found.isMissingNode()
        ? parameter(root.path("paths").path(path).path("parameters"), name)
        : found;
  }

  private JsonNode parameter(JsonNode parameters, String name) {
    for (JsonNode reference : parameters) {
      JsonNode parameter = resolve(reference);
      if (parameter.path("name").asText().equals(name)) {
        return resolve(parameter.path("schema"));
      }
    }
    return MissingNode.getInstance();
  }

  /** Returns an operation's {@code x-permission}; empty where it has none. */
  String permission(String path, HttpMethod method) {
    return operation(path, method).path("x-permission").asText();
  }

  /** Returns an operation's {@code x-pictures}; empty where it has none. */
  String pictures(String path, HttpMethod method) {
    return operation(path, method).path("x-pictures").asText();
  }

  /** Returns an operation's {@code x-past}; empty where it has none. */
  String past(String path, HttpMethod method) {
    return operation(path, method).path("x-past").asText();
  }

  private JsonNode operation(String path, HttpMethod method) {
    return root.path("paths").path(path).path(method.name().toLowerCase(Locale.ROOT));
  }

  /** Returns what a node refers to, or the node itself where it is no reference. */
  JsonNode resolve(JsonNode node) {
    JsonNode found = node;
    while (found.has("$ref")) {
      found = root.at(found.get("$ref").asText().substring(1));
    }
    return found;
  }

  /**
   * Returns the schema that a keyword stands in.
   *
   * @param location of the keyword from the schema on, such as {@code
   *     #/properties/scene/$ref/required}
   */
  JsonNode holder(JsonNode schema, String location) {
    String[] tokens = location.split("/");
    JsonNode at = schema;
    for (int i = 1; i < tokens.length - 1; i++) {
      String token = tokens[i].replace("~1", "/").replace("~0", "~");
      at = resolve(at);
      if (!token.equals("$ref")) {
        at = at.isArray() ? at.path(Integer.parseInt(token)) : at.path(token);
      }
    }
    return resolve(at);
  }
}
