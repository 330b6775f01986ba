package io.kydai.console.evidence;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What an alert's {@code observations.json} says of the camera's signature of the clip, which was
 * checked when the clip was written ({@code docs/signed-video.md}).
 */
final class CameraSignature {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CameraSignature() {}

  /**
   * Reads it, without the observations behind it; null where the file says nothing of it.
   *
   * @throws IOException when the file cannot be read, or is not JSON up to there
   */
  static @Nullable JsonNode read(Path observations) throws IOException {
    try (JsonParser parser = JSON.createParser(observations.toFile())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isClip = "clip".equals(parser.currentName());
        parser.nextToken();
        if (isClip) {
          JsonNode clip = parser.readValueAsTree();
          return clip.get("signedVideo");
        }
        parser.skipChildren();
      }
      return null;
    }
  }
}
