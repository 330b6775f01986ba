package io.kydai.console.messages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.messages.rules.Occasion;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the outbox knows of a message; its words are made when it is sent, of what is so then.
 *
 * @param account the id of the account that is told
 * @param report the id of the report
 * @param agency whose officers hear of it; null for no agency's
 * @param picture whether an e-mail is to have the alert's picture
 * @param held whether quiet hours hold it, and no attempt was made since they ended
 * @param others what is told in the same message, as quiet hours held it as well; null in what an
 *     earlier version wrote
 */
record MessageBody(
    String account,
    Occasion occasion,
    String report,
    @Nullable String agency,
    boolean picture,
    boolean held,
    @Nullable List<Item> others) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One thing to tell of. */
  record Item(Occasion occasion, String report, @Nullable String agency) {}

  MessageBody {
    others = others == null ? null : List.copyOf(others);
  }

  /** Returns what it tells of: one thing, or what quiet hours held. */
  List<Item> items() {
    return Stream.concat(
            Stream.of(new Item(occasion, report, agency)),
            Stream.ofNullable(others).flatMap(List::stream))
        .toList();
  }

  /** Returns it as quiet hours let it go, with others of the same person. */
  MessageBody released(List<MessageBody> with) {
    return new MessageBody(
        account,
        occasion,
        report,
        agency,
        picture,
        false,
        with.stream().flatMap(one -> one.items().stream()).toList());
  }

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
