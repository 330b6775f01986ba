package io.kydai.console.reports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.analytics.alert.Plate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plates as the database, the contract and webhooks have them: the contract's {@code Plate}. */
public final class PlateJson {
  private static final double THOUSAND = 1000;

  private PlateJson() {}

  /** A list; confidence is cut, never rounded up, to three decimals. */
  public static ArrayNode write(List<Plate> plates) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Plate plate : plates) {
      ObjectNode json =
          list.addObject()
              .put("text", plate.text())
              .put("confidence", Math.floor(plate.confidence() * THOUSAND) / THOUSAND)
              .put("votes", plate.votes())
              .put("frames", plate.frames())
              .put("track", plate.track());
      String format = plate.format();
      if (format != null) {
        json.put("format", format);
      }
    }
    return list;
  }

  /** The reverse of {@link #write}. */
  static List<Plate> read(JsonNode list) {
    List<Plate> plates = new ArrayList<>();
    for (JsonNode json : list) {
      plates.add(
          new Plate(
              json.path("track").asLong(),
              json.path("text").asText(),
              json.path("confidence").asDouble(),
              json.path("votes").asInt(),
              json.path("frames").asInt(),
              Optional.ofNullable(json.get("format")).map(JsonNode::asText).orElse(null)));
    }
    return plates;
  }
}
