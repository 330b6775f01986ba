package io.kydai.ingest.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * The conversation until the camera plays: OPTIONS, DESCRIBE, SETUP of each track, PLAY. Only the
 * video track has to be set up; another one that the camera refuses is left out.
 */
final class Opening {
  /** Of DESCRIBE, which some cameras answer only where it is asked for. */
  private static final RtspHeaders SDP = new RtspHeaders().add("Accept", "application/sdp");

  /** What it comes to. */
  interface Listener {
    /** The tracks are set up. */
    void onSetUp(List<MediaTrack> tracks);

    /** The camera plays. */
    void onPlaying();
  }

  private final String address;
  private final Exchange exchange;
  private final Delivery delivery;
  private final Listener listener;
  private final Consumer<String> failed;

  private final Queue<MediaTrack> toSetUp = new ArrayDeque<>();
  private final List<MediaTrack> setUp = new ArrayList<>();
  private String offered = "";
  private String base;
  private String aggregate;
  private List<MediaTrack> chosen = List.of();
  private Optional<SessionHeader> session = Optional.empty();
  private boolean fromTheBeginning = true;

  Opening(
      String address,
      Exchange exchange,
      Delivery delivery,
      Listener listener,
      Consumer<String> failed) {
    this.address = address;
    this.exchange = exchange;
    this.delivery = delivery;
    this.listener = listener;
    this.failed = failed;
    base = address;
    aggregate = address;
  }

  void begin() {
    exchange.ask("OPTIONS", address, new RtspHeaders());
  }

  /** The session, as soon as the camera has named it. */
  Optional<SessionHeader> session() {
    return session;
  }

  /** The address of all tracks together. */
  String aggregate() {
    return aggregate;
  }

  /** The camera's {@code Public} field. */
  String offered() {
    return offered;
  }

  /**
   * Whether an announced description is of other tracks than those that are set up, or has other
   * parameters for them.
   *
   * @throws RtspException when it has no video that can be put together
   */
  boolean isNews(byte[] description) throws RtspException {
    return session.isPresent()
        && description.length > 0
        && !MediaTracks.choose(SessionDescription.parse(new String(description, UTF_8)), base)
            .equals(chosen);
  }

  /** Goes on with the answer to the last request. */
  void answered(RtspMessage.Response response, String method) throws RtspException {
    switch (method) {
      case "OPTIONS" -> {
        offered = response.headers().first("Public").orElse("");
        exchange.ask("DESCRIBE", address, SDP);
      }
      case "DESCRIBE" -> described(response);
      case "SETUP" -> answeredSetup(response);
      case "PLAY" -> answeredPlay(response);
      default -> throw new IllegalStateException(method);
    }
  }

  private static void require(RtspMessage.Response response, String method) throws RtspException {
    if (!response.isSuccess()) {
      throw new RtspException("answers " + method + " with " + response.line());
    }
  }

  private void described(RtspMessage.Response response) throws RtspException {
    require(response, "DESCRIBE");
    if (response.body().length == 0) {
      throw new RtspException("answers DESCRIBE without a session description");
    }
    SessionDescription offer = SessionDescription.parse(new String(response.body(), UTF_8));
    base = ControlAddress.base(response.headers(), address);
    chosen = MediaTracks.choose(offer, base);
    aggregate = ControlAddress.resolve(base, offer.control());
    toSetUp.addAll(chosen);
    setUpNext();
  }

  private void setUpNext() {
    if (toSetUp.isEmpty()) {
      listener.onSetUp(List.copyOf(setUp));
      play();
      return;
    }
    String control = toSetUp.element().control();
    delivery.offer(
        setUp.size(),
        transport -> exchange.ask("SETUP", control, new RtspHeaders().add("Transport", transport)),
        failed);
  }

  private void answeredSetup(RtspMessage.Response response) throws RtspException {
    MediaTrack track = toSetUp.remove();
    int place = setUp.size();
    try {
      if (response.status() == 461) {
        throw new TransportRefusedException(
            "does not offer RTP in the way that was asked for (" + response.line() + ")");
      }
      require(response, "SETUP");
      nameSession(response.headers());
      delivery.agreed(place, response.headers().first("Transport"));
      setUp.add(MediaTracks.at(place, track));
    } catch (RtspException e) {
      if (place == 0) {
        throw e;
      }
    }
    setUpNext();
  }

  private void nameSession(RtspHeaders headers) throws RtspException {
    if (session.isEmpty()) {
      session = headers.first("Session").map(SessionHeader::parse);
      exchange.session(
          session.orElseThrow(() -> new RtspException("answers SETUP without a session")).id());
    }
  }

  private void play() {
    RtspHeaders headers = new RtspHeaders();
    if (fromTheBeginning) {
      headers.add("Range", "npt=0.000-");
    }
    exchange.ask("PLAY", aggregate, headers);
  }

  private void answeredPlay(RtspMessage.Response response) throws RtspException {
    if (response.status() == 457 && fromTheBeginning) {
      fromTheBeginning = false; // A live stream has no beginning, some cameras find.
      play();
      return;
    }
    require(response, "PLAY");
    delivery.playing();
    listener.onPlaying();
  }
}
