package io.kydai.console.config;

import static io.kydai.models.document.Key.key;

import io.kydai.models.document.Shape;
import io.kydai.models.document.Value;
import io.kydai.models.document.ValueType;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the map.
 *
 * @param tiles a file of MBTiles or PMTiles, or the address of a tile server with {@code {z}},
 *     {@code {x}} and {@code {y}}; null for a map without tiles
 * @param attribution the text that the tiles' licence asks for; empty where there is none
 */
public record MapConfig(@Nullable Tiles tiles, String attribution) {
  private static final int MAX_TILES = 2_000;
  private static final int MAX_ATTRIBUTION = 300;
  private static final Pattern SERVER =
      Pattern.compile("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[\\x21-\\x7e]*");

  /** Where the tiles come from; one of both is null. */
  public record Tiles(@Nullable Path file, @Nullable String server) {
    /** Returns the scheme, host and port of the server; empty for a file. */
    public Optional<String> origin() {
      return Optional.ofNullable(server)
          .map(address -> address.replaceFirst("(://[^/]+)/.*", "$1"));
    }

    private Object written() {
      return server == null ? String.valueOf(file) : server;
    }
  }

  /** No tiles: the map has a plain ground. */
  public static final MapConfig DEFAULT = keys(Path.of("")).defaults();

  static Shape<MapConfig> keys(Path folder) {
    return Shape.of(
        MapConfig.class,
        key(
                "tiles",
                ValueType.text(MAX_TILES)
                    .as((text, at) -> tiles(folder, text, at), tiles -> tiles.written().toString())
                    .saying("path, or address with `{z}`, `{x}` and `{y}`"),
                "a file of MBTiles or PMTiles with raster tiles (relative to the configuration"
                    + " file), which the node serves itself; or the address of a tile server, to which browsers then"
                    + " connect")
            .shown("none: cameras and areas on a plain ground"),
        key("attribution", ValueType.text(MAX_ATTRIBUTION), "what the tiles' licence asks for")
            .otherwise("")
            .shown("none"));
  }

  private static Optional<Tiles> tiles(Path folder, String text, Value at) {
    if (!text.startsWith("http:") && !text.startsWith("https:")) {
      return at.made(() -> new Tiles(folder.resolve(text).normalize(), null));
    }
    try {
      URI address = new URI(text.replaceAll("\\{[zxy]}", "0"));
      boolean right =
          SERVER.matcher(text).matches()
              && address.getHost() != null
              && text.contains("{z}")
              && text.contains("{x}")
              && text.contains("{y}");
      if (right) {
        return Optional.of(new Tiles(null, text));
      }
    } catch (URISyntaxException e) {
      return at.wrong("an address such as https://host/{z}/{x}/{y}.png is expected");
    }
    return at.wrong("an address such as https://host/{z}/{x}/{y}.png is expected");
  }
}
