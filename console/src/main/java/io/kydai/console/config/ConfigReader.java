package io.kydai.console.config;

import io.kydai.analytics.rules.RuleTypes;
import io.kydai.console.reports.ReportState;
import io.kydai.models.Device;
import io.kydai.models.InputSize;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the whole configuration. */
final class ConfigReader {
  private static final Pattern SIZE = Pattern.compile("(\\d{2,4})x(\\d{2,4})");
  private static final int MAX_CAMERAS = 10_000;
  private static final int MAX_WEBHOOKS = 32;
  private static final int MAX_TYPES = 100;
  private static final int MAX_TEXT = 2_000;
  private static final int MAX_THREADS = 64;
  private static final Duration MAX_ROLL = Duration.ofSeconds(60);

  private final CameraReader cameraReader;
  private final References references;
  private final Path folder;
  private final DetectorConfig detectorDefaults;

  /**
   * @param folder from which relative paths go
   */
  ConfigReader(Purpose purpose, References references, Path folder) {
    this.references = references;
    this.folder = folder;
    detectorDefaults =
        purpose == Purpose.ANALYSIS ? DetectorConfig.FOR_FILES : DetectorConfig.DEFAULT;
    cameraReader = new CameraReader(purpose, references);
  }

  KydaiConfig config(Section root) {
    KydaiConfig config =
        new KydaiConfig(
            cameras(root),
            webhooks(root),
            root.get("storage")
                .flatMap(Value::section)
                .map(this::storage)
                .orElse(StorageConfig.DEFAULT),
            root.get("http").flatMap(Value::section).map(this::http).orElse(HttpConfig.DEFAULT),
            root.get("detector")
                .flatMap(Value::section)
                .map(this::detector)
                .orElse(detectorDefaults),
            root.get("plates")
                .flatMap(Value::section)
                .map(PlatesReader::plates)
                .orElse(PlatesConfig.OFF));
    root.end();
    checkWatches(config, root.place("plates"));
    return config;
  }

  private static void checkWatches(KydaiConfig config, Value plates) {
    for (CameraConfig camera : config.cameras()) {
      Optional<String> rule = camera.plateWatch();
      if (rule.isPresent() && config.plates().noWatch().isPresent()) {
        plates.wrong(
            "rule '%s' of camera '%s' is of type plate-watch, and %s"
                .formatted(rule.get(), camera.id(), config.plates().noWatch().get()));
      }
    }
  }

  private List<CameraConfig> cameras(Section root) {
    List<CameraConfig> cameras = new ArrayList<>();
    Map<String, Value> ids = new LinkedHashMap<>();
    for (Value value : root.get("cameras").map(v -> v.items(MAX_CAMERAS)).orElse(List.of())) {
      value
          .section()
          .flatMap(section -> cameraReader.camera(section, ids, Optional.empty()))
          .ifPresent(cameras::add);
    }
    return cameras;
  }

  private List<WebhookConfig> webhooks(Section root) {
    List<WebhookConfig> webhooks = new ArrayList<>();
    for (Value value : root.get("webhooks").map(v -> v.items(MAX_WEBHOOKS)).orElse(List.of())) {
      Optional<WebhookConfig> webhook = value.section().flatMap(this::webhook);
      if (webhook.isPresent()
          && webhooks.stream().anyMatch(other -> other.url().equals(webhook.get().url()))) {
        value.wrong("an endpoint before it has the same url; put the types of both into one");
      }
      webhook.ifPresent(webhooks::add);
    }
    return webhooks;
  }

  private Optional<WebhookConfig> webhook(Section section) {
    Optional<URI> url =
        section
            .need("url", "an address such as https://host/path")
            .flatMap(
                at ->
                    at.text(MAX_TEXT)
                        .flatMap(text -> references.resolve(text, at))
                        .flatMap(s -> web(s.value(), at)));
    Optional<Secret> secret =
        section
            .need("secret", "a secret to sign with, such as ${NAME} or file:PATH,")
            .flatMap(
                at ->
                    at.text(MAX_TEXT)
                        .flatMap(text -> references.resolve(text, at))
                        .flatMap(s -> key(s, at)));
    SortedSet<String> types = new TreeSet<>();
    for (Value type : section.get("types").map(v -> v.items(MAX_TYPES)).orElse(List.of())) {
      type.text(MAX_TEXT).flatMap(text -> known(text, type)).ifPresent(types::add);
    }
    section.end();
    return url.flatMap(u -> secret.map(s -> new WebhookConfig(u, s, types)));
  }

  private static Optional<URI> web(String text, Value at) {
    String wanted = "an address such as https://host/path, without user and password, is expected";
    try {
      URI url = new URI(text);
      boolean right =
          ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getRawFragment() == null;
      return right ? Optional.of(url) : at.wrong(wanted);
    } catch (URISyntaxException e) {
      return at.wrong(wanted);
    }
  }

  private static Optional<Secret> key(Secret secret, Value at) {
    String value = secret.value();
    if (!value.startsWith(WebhookConfig.SECRET_PREFIX)) {
      return value.length() >= 16
          ? Optional.of(secret)
          : at.wrong("a secret of at least 16 characters, or 'whsec_' and base64, is expected");
    }
    String wanted = "base64 of 24 to 64 bytes is expected behind 'whsec_'";
    try {
      int length = Base64.getDecoder().decode(value.substring(6)).length;
      return length >= 24 && length <= 64 ? Optional.of(secret) : at.wrong(wanted);
    } catch (IllegalArgumentException e) {
      return at.wrong(wanted);
    }
  }

  private static Optional<String> known(String type, Value at) {
    List<String> words =
        new ArrayList<>(
            Arrays.stream(ReportState.values()).map(state -> "report." + state.text()).toList());
    words.add(WebhookConfig.PLATE_READ);
    if (words.contains(type)) {
      return Optional.of(type);
    }
    words.addAll(RuleTypes.all().keySet());
    if (words.contains(type)) {
      return Optional.of(type);
    }
    return at.wrong(
        "there is no such type; "
            + Nearest.to(type, words)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("there are: " + String.join(", ", words)));
  }

  private StorageConfig storage(Section section) {
    Optional<Path> directory =
        section
            .get("directory")
            .flatMap(
                at -> at.text(MAX_TEXT).flatMap(text -> path(text, at, "a folder is expected")));
    Duration preRoll =
        section
            .get("pre-roll")
            .flatMap(at -> at.duration(MAX_ROLL))
            .orElse(StorageConfig.DEFAULT.preRoll());
    Duration postRoll =
        section
            .get("post-roll")
            .flatMap(at -> at.duration(MAX_ROLL))
            .orElse(StorageConfig.DEFAULT.postRoll());
    section.end();
    return new StorageConfig(directory, preRoll, postRoll);
  }

  private Optional<Path> path(String text, Value at, String wanted) {
    try {
      return Optional.of(folder.resolve(text).normalize());
    } catch (InvalidPathException e) {
      return at.wrong(wanted);
    }
  }

  private HttpConfig http(Section section) {
    String host = section.get("host").flatMap(at -> at.text(255)).orElse(HttpConfig.DEFAULT.host());
    int port =
        section.get("port").flatMap(at -> at.whole(0, 65_535)).orElse(HttpConfig.DEFAULT.port());
    Optional<URI> publicUrl =
        section.get("public-url").flatMap(at -> at.text(MAX_TEXT).flatMap(text -> web(text, at)));
    section.end();
    return new HttpConfig(host, port, publicUrl);
  }

  private DetectorConfig detector(Section section) {
    DetectorConfig defaults = detectorDefaults;
    double maxFps = AttentionReader.fps(section, "max-fps").orElse(defaults.maxFps());
    DetectorConfig detector =
        new DetectorConfig(
            network(section).orElse(defaults.network()),
            section
                .get("input")
                .flatMap(at -> at.text(MAX_TEXT).flatMap(text -> inputSize(text, at)))
                .or(defaults::input),
            section
                .get("device")
                .flatMap(at -> at.text(MAX_TEXT).flatMap(text -> device(text, at)))
                .orElse(defaults.device()),
            section.get("min-score").flatMap(at -> at.number(0, 1)).orElse(defaults.minScore()),
            threads(section, "workers", defaults.workers()),
            threads(section, "threads", defaults.threads()),
            threads(section, "decode-threads", defaults.decodeThreads()),
            section
                .get("min-fps")
                .flatMap(at -> at.number(AttentionReader.MIN_FPS, maxFps))
                .orElse(Math.min(defaults.minFps(), maxFps)),
            maxFps,
            AttentionReader.idleFps(section).orElse(defaults.idleFps()));
    section.end();
    return detector;
  }

  private Optional<String> network(Section section) {
    Optional<String> setting =
        section.get("setting").flatMap(at -> at.oneOf("light", "default", "quality"));
    Optional<Value> own = section.get("network");
    if (own.isPresent() && setting.isPresent()) {
      return own.get().wrong("either a setting or a network of your own, not both");
    }
    return own.isEmpty()
        ? setting
        : own.get().text(MAX_TEXT).flatMap(text -> description(text, own.get()));
  }

  private Optional<String> description(String text, Value at) {
    Optional<Path> path = path(text, at, "a file is expected");
    if (path.isPresent() && !text.endsWith(".yaml")) {
      return at.wrong("the description of a network, which ends in .yaml, is expected");
    }
    return path.map(file -> file.toAbsolutePath().toString());
  }

  private static Optional<Device> device(String text, Value at) {
    Optional<Device> device = Device.of(text);
    return device.isPresent()
        ? device
        : at.wrong("cpu, cuda or tensorrt is expected, with the card's number as in cuda:1");
  }

  private static Optional<InputSize> inputSize(String text, Value at) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return at.wrong("a size such as 512x288 is expected");
    }
    try {
      return Optional.of(
          new InputSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))));
    } catch (IllegalArgumentException e) {
      return at.wrong(e.getMessage());
    }
  }

  private static int threads(Section section, String key, int otherwise) {
    return section.get(key).flatMap(at -> at.whole(1, MAX_THREADS)).orElse(otherwise);
  }
}
