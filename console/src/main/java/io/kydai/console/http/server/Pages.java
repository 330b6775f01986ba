package io.kydai.console.http.server;

import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.origin.Headers;
import io.kydai.streaming.proof.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Serves the files of the web pages, and the WebJars that they import, from the class path.
 *
 * <p>A file comes with an {@code ETag} and is asked for anew each time, so that a browser never
 * mixes two versions. A file from a jar is kept in memory, some hundred small files at most; a file
 * from a folder is read each time, so that an edit shows at once.
 */
public final class Pages {
  private static final String WEB = "io/kydai/console/web/";
  private static final String WEBJARS = "META-INF/resources/webjars/";
  private static final int LARGEST = 4 * 1024 * 1024;

  /** No part may start with a dot, so that no path leads out of its folder. */
  private static final Pattern PATH =
      Pattern.compile(
          "(?:[A-Za-z0-9_@-][A-Za-z0-9_@.-]{0,99}/){0,12}[A-Za-z0-9_@-][A-Za-z0-9_@.-]{0,99}");

  private static final Pattern INLINE_SCRIPT =
      Pattern.compile("<script(?![^>]*\\ssrc=)[^>]*>(.*?)</script>", Pattern.DOTALL);

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  /** The types that are sent with gzip: text, which holds no secret of the client's. */
  private static final Set<String> PACKED =
      Set.of(
          "text/html; charset=utf-8",
          "text/javascript; charset=utf-8",
          "text/css; charset=utf-8",
          "application/json",
          "image/svg+xml");

  private final ClassLoader classes;
  private final String pictures;
  private final Map<String, ApiReply> kept = new ConcurrentHashMap<>();

  public Pages(ClassLoader classes) {
    this(classes, null);
  }

  /**
   * @param pictures another server from which pages may show pictures, such as {@code
   *     https://tiles.example.org}; null for none
   */
  public Pages(ClassLoader classes, @Nullable String pictures) {
    this.classes = classes;
    this.pictures = pictures == null ? "" : " " + pictures;
  }

  /**
   * @param path of the request, decoded, with its leading slash
   */
  public ApiReply page(String path) throws IOException {
    return page(path, false);
  }

  /**
   * @param path of the request, decoded, with its leading slash
   * @param gzip whether the client reads gzip (RFC 9110, section 8.4.1.3)
   */
  public ApiReply page(String path, boolean gzip) throws IOException {
    String relative = path.equals("/") ? "index.html" : path.substring(1);
    String type = TYPES.get(relative.substring(relative.lastIndexOf('.') + 1));
    if (type == null || !PATH.matcher(relative).matches()) {
      throw missing();
    }
    boolean packed = gzip && PACKED.contains(type);
    String key = packed ? relative + " gzip" : relative;
    ApiReply known = kept.get(key);
    if (known != null) {
      return known;
    }
    URL resource = resource(relative).orElseThrow(Pages::missing);
    ApiReply reply = reply(type, read(resource), packed);
    if (resource.getProtocol().equals("jar")) {
      kept.put(key, reply);
    }
    return reply;
  }

  private Optional<URL> resource(String relative) {
    String name =
        relative.startsWith("webjars/")
            ? WEBJARS + relative.substring("webjars/".length())
            : WEB + relative;
    return Optional.ofNullable(classes.getResource(name));
  }

  private static Problem missing() {
    return Problem.notFound("such address");
  }

  private static byte[] read(URL resource) throws IOException {
    try (InputStream in = resource.openStream()) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException(resource + " is larger than a page may be");
      }
      return bytes;
    }
  }

  private ApiReply reply(String type, byte[] body, boolean packed) throws IOException {
    String tag = HexFormat.of().formatHex(Sha256.of(body), 0, 16);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ETag", packed ? '"' + tag + "-gzip\"" : '"' + tag + '"');
    headers.put("Cache-Control", "no-cache");
    headers.put("Content-Security-Policy", policy(type, body));
    if (PACKED.contains(type)) {
      headers.put("Vary", "Accept-Encoding");
    }
    if (packed) {
      headers.put("Content-Encoding", "gzip");
    }
    return new ApiReply.Bytes(200, type, packed ? packed(body) : body, headers);
  }

  private static byte[] packed(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 2 + 64);
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    }
    return bytes.toByteArray();
  }

  /** Returns the content security policy of a file: own resources, and its own inline scripts. */
  private String policy(String type, byte[] body) {
    if (!type.startsWith("text/html")) {
      return Headers.NO_PAGE;
    }
    StringBuilder scripts = new StringBuilder("script-src 'self'");
    Matcher inline = INLINE_SCRIPT.matcher(new String(body, StandardCharsets.UTF_8));
    while (inline.find()) {
      byte[] hash = Sha256.of(inline.group(1).getBytes(StandardCharsets.UTF_8));
      scripts.append(" 'sha256-").append(Base64.getEncoder().encodeToString(hash)).append('\'');
    }
    return "default-src 'none'; "
        + scripts
        + "; style-src 'self'; img-src 'self' data: blob:"
        + pictures
        + "; media-src 'self' blob:; font-src 'self'"
        + "; connect-src 'self'; manifest-src 'self'; object-src 'none'; form-action 'self'"
        + "; base-uri 'none'; frame-ancestors 'none'";
  }
}
