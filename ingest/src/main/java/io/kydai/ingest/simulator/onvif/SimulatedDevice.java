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

/** What the simulated camera knows and does. On its event loop, but for {@link #done}. */
final class SimulatedDevice {
  private static final int MAX_DONE = 1_000;
  private static final int MAX_WAITING = 1_000;
  private static final Pattern OPERATION =
      Pattern.compile("<(?:[\\w-]+:)?Body[^>]*>\\s*<(?:[\\w-]+:)?(\\w+)([^>]*)>");

  private final OnvifSimulator.Builder is;
  private final SoapAuthentication logIn;
  private final String id = UUID.randomUUID().toString();
  private final Map<String, String> presets = new LinkedHashMap<>(Map.of("1", "Gate"));
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final List<String> waiting = new ArrayList<>();
  private @Nullable Consumer<Reply> puller;
  private URI address = URI.create("http://127.0.0.1/onvif/device_service");

  /** A body, and the status that it goes with. */
  record Reply(int status, String envelope) {}

  SimulatedDevice(OnvifSimulator.Builder is) {
    this.is = is;
    this.logIn = new SoapAuthentication(is.way, is.user, is.password, is.clock, id);
  }

  void listensAt(URI claimed) {
    address = claimed;
  }

  SoapAuthentication logIn() {
    return logIn;
  }

  List<String> done() {
    return List.copyOf(done);
  }

  void notice(String topic, String item, boolean value) {
    if (waiting.size() < MAX_WAITING) {
      waiting.add(
          SoapResponses.notification(
              is.style.inValue("tns1", topic), is.clock.instant(), item, value));
    }
    if (puller != null) {
      deliver(puller);
      puller = null;
    }
  }

  private void deliver(Consumer<Reply> to) {
    to.accept(ok(SoapResponses.messages(List.copyOf(waiting), is.clock.instant())));
    waiting.clear();
  }

  private Reply ok(String body) {
    return new Reply(200, is.style.envelope("", body));
  }

  private Reply fault(String subcode, String reason) {
    return new Reply(
        400,
        is.style.envelope(
            "",
            SoapResponses.fault(
                is.style.inValue("s", "Sender"), is.style.inValue("ter", subcode), reason)));
  }

  /** The operation that an envelope asks for. */
  static String operation(String envelope) {
    Matcher found = OPERATION.matcher(envelope);
    return found.find() ? found.group(1) : "";
  }

  /** A fault for a user who is not logged in, or may not do what he asks for. */
  Reply refusal() {
    return fault("NotAuthorized", "Sender not Authorized");
  }

  /** No answer for now; it waits for something to notice. */
  void pull(Consumer<Reply> then) {
    if (waiting.isEmpty()) {
      if (puller != null) {
        deliver(puller);
      }
      puller = then;
    } else {
      deliver(then);
    }
  }

  /** The wait of a pull is over. */
  void stopWaiting(Consumer<Reply> puller) {
    if (puller.equals(this.puller)) {
      this.puller = null;
      deliver(puller);
    }
  }

  Reply answer(String path, String envelope) {
    String operation = operation(envelope);
    if (is.refused.contains(operation)) {
      return refusal();
    }
    boolean second = path.endsWith("media2");
    return switch (operation) {
      case "GetSystemDateAndTime" -> ok(SoapResponses.time(is.clock.instant()));
      case "GetDeviceInformation" -> ok(SoapResponses.information(is.name));
      case "GetServices" ->
          is.oldServices
              ? fault("ActionNotSupported", "Optional Action Not Implemented")
              : ok(SoapResponses.services(services()));
      case "GetCapabilities" -> ok(SoapResponses.capabilities(services()));
      case "GetVideoSources" -> ok(SoapResponses.videoSources());
      case "GetProfiles" ->
          ok(
              second
                  ? SoapResponses.profiles2(is.profiles, is.ptz)
                  : SoapResponses.profiles(is.profiles, is.ptz));
      case "GetStreamUri" -> stream(operation, envelope, second);
      case "GetSnapshotUri" -> uri(operation, at("snapshot.jpg?channel=1&size=full"), second);
      case "SetSynchronizationPoint" ->
          did(
              "SetSynchronizationPoint " + text(envelope, "ProfileToken"),
              second ? "tr2" : "trt",
              operation);
      case "CreatePullPointSubscription" ->
          ok(SoapResponses.subscription(at("events"), is.clock.instant()));
      case "Renew", "Unsubscribe" ->
          envelope.contains("SubscriptionId")
              ? did(operation, "wsnt", operation)
              : fault("InvalidArgVal", "which subscription?");
      default -> is.ptz ? ptz(operation, envelope) : unknown();
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
    return is.profiles.stream()
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
    if (is.media2) {
      all.put("tr2", at("media2"));
    }
    all.put("tev", at("events"));
    if (is.ptz) {
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

  /** The answer to a probe; empty when it asks for something else than a camera. */
  Optional<String> match(String probe) {
    if (!operation(probe).equals("Probe")
        || !(probe.contains("NetworkVideoTransmitter") || probe.contains(":Device"))) {
      return Optional.empty();
    }
    String scopes =
        "onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/Profile/Streaming "
            + "onvif://www.onvif.org/name/"
            + is.name.replace(" ", "%20")
            + " onvif://www.onvif.org/hardware/sim onvif://www.onvif.org/location/Hu%E1%BA%BF";
    return Optional.of(
        is.style.envelope(
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
                is.style.inValue("dn", "NetworkVideoTransmitter")
                    + " "
                    + is.style.inValue("tds", "Device"),
                scopes,
                "http://169.254.7.7/onvif/device_service " + address)));
  }
}
