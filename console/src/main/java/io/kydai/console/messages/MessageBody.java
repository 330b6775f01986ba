package io.kydai.console.messages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.messages.rules.Occasion;
import org.jspecify.annotations.Nullable;

/**
 * What the outbox knows of a message; its words are made when it is sent, of what is so then.
 *
 * @param account the id of the account that is told
 * @param report the id of the report
 * @param agency whose officers hear of it; null for no agency's
 * @param picture whether an e-mail is to have the alert's picture
 */
record MessageBody(
    String account, Occasion occasion, String report, @Nullable String agency, boolean picture) {
  private static final ObjectMapper JSON = new ObjectMapper();

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can be written", e);
    }
  }

  static MessageBody of(String json) {
    try {
      return JSON.readValue(json, MessageBody.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the outbox has a message that cannot be read", e);
    }
  }
}
