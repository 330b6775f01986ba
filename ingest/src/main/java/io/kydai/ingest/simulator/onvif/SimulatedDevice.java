package io.kydai.ingest.simulator.onvif;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The state and the operations of the simulated device. Used on its event loop only, except {@link
 * #done}.
 */
final class SimulatedDevice {
  private static final int MAX_DONE = 1_000;
  private static final int MAX_WAITING = 1_000;
  private static final Pattern OPERATION =
      Pattern.compile("<(?:[\\w-]+:)?Body[^>]*>\\s*<(?:[\\w-]+:)?(\\w+)([^>]*)>");

  private final OnvifSimulator.Builder config;
  private final SoapAuthentication authentication;
  private final String id = UUID.randomUUID().toString();
  private final Map<String, String> presets = new LinkedHashMap<>(Map.of("1", "Gate"));
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final List<String> waiting = new ArrayList<>();
  private @Nullable Consumer<Reply> puller;
  private URI address = URI.create("http://127.0.0.1/onvif/device_service");

  /**
   * A response.
   *
   * @param status the HTTP status
   * @param envelope the SOAP envelope
   */
  record Reply(int status, String envelope) {}

  SimulatedDevice(OnvifSimulator.Builder config) {
    this.config = config;
    this.authentication =
        new SoapAuthentication(config.scheme, config.user, config.password, config.clock, id);
  }

  /** Sets the address that the device gives for its services. */
  void setAddress(URI claimed) {
    address = claimed;
  }

  SoapAuthentication authentication() {
    return authentication;
  }

  List<String> done() {
    return List.copyOf(done);
  }

  /** Adds an event; see {@link OnvifSimulator#notice}. */
  void notice(String topic, String item, boolean value) {
    if (waiting.size() < MAX_WAITING) {
      waiting.add(
          SoapResponses.notification(
              config.style.inValue("tns1", topic), config.clock.instant(), item, value));
    }
    if (puller != null) {
      deliver(puller);
      puller = null;
    }
  }

  private void deliver(Consumer<Reply> to) {
    to.accept(ok(SoapResponses.messages(List.copyOf(waiting), config.clock.instant())));
    waiting.clear();
  }

  private Reply ok(String body) {
    return new Reply(200, config.style.envelope("", body));
  }

  private Reply fault(String subcode, String reason) {
    return new Reply(
        400,
        config.style.envelope(
            "",
            SoapResponses.fault(
                config.style.inValue("s", "Sender"),
                config.style.inValue("ter", subcode),
                reason)));
  }

  /** Returns the operation that an envelope requests; empty when there is none. */
  static String operation(String envelope) {
    Matcher found = OPERATION.matcher(envelope);
    return found.find() ? found.group(1) : "";
  }

  /** Returns the fault for missing or insufficient credentials. */
  Reply refusal() {
    return fault("NotAuthorized", "Sender not Authorized");
  }

  /** Answers a pull with the events that wait, or keeps it until there is an event. */
  void pull(Consumer<Reply> receiver) {
    if (waiting.isEmpty()) {
      if (puller != null) {
        deliver(puller);
      }
      puller = receiver;
    } else {
      deliver(receiver);
    }
  }

  /** Answers a pull without events after its timeout. */
  void stopWaiting(Consumer<Reply> puller) {
    if (puller.equals(this.puller)) {
      this.puller = null;
      deliver(puller);
    }
  }

  /** Carries out the operation of a request to a path; returns the response. */
  Reply answer(String path, String envelope) {
    String operation = operation(envelope);
    if (config.refused.contains(operation)) {
      return refusal();
    }
    boolean second = path.endsWith("media2");
    return switch (operation) {
      case "GetSystemDateAndTime" -> ok(SoapResponses.time(config.clock.instant()));
      case "GetDeviceInformation" -> ok(SoapResponses.information(config.name));
      case "GetServices" ->
          config.oldServices
              ? fault("ActionNotSupported", "Optional Action Not Implemented")
              : ok(SoapResponses.services(services()));
      case "GetCapabilities" -> ok(SoapResponses.capabilities(services()));
      case "GetVideoSources" -> ok(SoapResponses.videoSources());
      case "GetProfiles" ->
          ok(
              second
                  ? SoapResponses.profiles2(config.profiles, config.ptz)
                  : SoapResponses.profiles(config.profiles, config.ptz));
      case "GetStreamUri" -> stream(operation, envelope, second);
      case "GetSnapshotUri" -> uri(operation, at("snapshot.jpg?channel=1&size=full"), second);
      case "SetSynchronizationPoint" ->
          did(
              "SetSynchronizationPoint " + text(envelope, "ProfileToken"),
              second ? "tr2" : "trt",
              operation);
      case "CreatePullPointSubscription" ->
          ok(SoapResponses.subscription(at("events"), config.clock.instant()));
      case "Renew", "Unsubscribe" ->
          envelope.contains("SubscriptionId")
              ? did(operation, "wsnt", operation)
              : fault("InvalidArgVal", "which subscription?");
      default -> config.ptz ? ptz(operation, envelope) : unknown();
    };
  }

  private Reply ptz(String operation, String envelope) {
    String token = text(envelope, "PresetToken");
    return switch (operation) {
      case "GetNodes" ->
          ok(
              "<tptz:GetNodesResponse><tptz:PTZNode token=\"n0\"><tt:Name>n</tt:Name>"
                  + "</tptz:PTZNode></tptz:GetNodesResponse>");
      case "GetPresets" -> ok(SoapResponses.presets(presets));
      case "ContinuousMove" -> {
        Matcher speed =
            Pattern.compile(
                    "PanTilt[^>]* x=\"([^\"]*)\" y=\"([^\"]*)\"[^>]*/?>.*Zoom[^>]* x=\"([^\"]*)\"")
                .matcher(envelope);
        yield speed.find()
            ? did(
                "ContinuousMove %s %s %s".formatted(speed.group(1), speed.group(2), speed.group(3)),
                "tptz",
                operation)
            : fault("InvalidArgVal", "no velocity");
      }
      case "Stop" -> did("Stop", "tptz", operation);
      case "GotoPreset" ->
          presets.containsKey(token)
              ? did("GotoPreset " + token, "tptz", operation)
              : fault("NoToken", "The requested preset token does not exist");
      case "SetPreset" -> {
        String made = String.valueOf(presets.size() + 1);
        presets.put(made, unescaped(text(envelope, "PresetName")));
        yield ok(
            "<tptz:SetPresetResponse><tptz:PresetToken>"
                + made
                + "</tptz:PresetToken></tptz:SetPresetResponse>");
      }
      default -> unknown();
    };
  }

  private Reply unknown() {
    return fault("ActionNotSupported", "Optional Action Not Implemented");
  }

  private Reply did(String what, String prefix, String operation) {
    if (done.size() < MAX_DONE) {
      done.add(what);
    }
    return ok("<%s:%sResponse></%s:%sResponse>".formatted(prefix, operation, prefix, operation));
  }

  private Reply stream(String operation, String envelope, boolean second) {
    String token = text(envelope, "ProfileToken");
    return config.profiles.stream()
        .filter(one -> one.token().equals(token))
        .findFirst()
        .map(one -> uri(operation, one.address().toString(), second))
        .orElseGet(() -> fault("NoProfile", "The requested profile token does not exist"));
  }

  private Reply uri(String operation, String uri, boolean second) {
    return ok(second ? SoapResponses.uri2(operation, uri) : SoapResponses.mediaUri(operation, uri));
  }

  private String at(String path) {
    return address.getScheme() + "://" + address.getRawAuthority() + "/onvif/" + path;
  }

  private Map<String, String> services() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("tds", address.toString());
    all.put("trt", at("media"));
    if (config.media2) {
      all.put("tr2", at("media2"));
    }
    all.put("tev", at("events"));
    if (config.ptz) {
      all.put("tptz", at("ptz"));
    }
    return all;
  }

  private static String text(String envelope, String element) {
    Matcher found =
        Pattern.compile("<(?:[\\w-]+:)?" + element + "(?:\\s[^>]*)?>([^<]*)<").matcher(envelope);
    return found.find() ? found.group(1) : "";
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }

  /** Returns the response to a probe; empty when the probe is for another type of device. */
  Optional<String> match(String probe) {
    if (!operation(probe).equals("Probe")
        || !(probe.contains("NetworkVideoTransmitter") || probe.contains(":Device"))) {
      return Optional.empty();
    }
    String scopes =
        "onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/Profile/Streaming "
            + "onvif://www.onvif.org/name/"
            + config.name.replace(" ", "%20")
            + " onvif://www.onvif.org/hardware/sim onvif://www.onvif.org/location/Hu%E1%BA%BF";
    return Optional.of(
        config.style.envelope(
            "<a:MessageID>urn:uuid:"
                + UUID.randomUUID()
                + "</a:MessageID><a:RelatesTo>"
                + text(probe, "MessageID")
                + "</a:RelatesTo><a:To>"
                + "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:To>"
                + "<a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches"
                + "</a:Action>",
            SoapResponses.matches(
                "urn:uuid:" + id,
                config.style.inValue("dn", "NetworkVideoTransmitter")
                    + " "
                    + config.style.inValue("tds", "Device"),
                scopes,
                "http://169.254.7.7/onvif/device_service " + address)));
  }
}
