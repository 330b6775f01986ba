package io.kydai.ingest.onvif;

import io.kydai.ingest.onvif.soap.OnvifException.Kind;
import io.kydai.ingest.onvif.soap.Soap;
import io.kydai.ingest.onvif.soap.SoapSession;
import io.kydai.ingest.onvif.soap.XmlElement;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A subscription to a camera's events through a pull point (ONVIF Core, section 9.2;
 * WS-BaseNotification 1.3). It expires one minute after it was created or last {@link #renew
 * renewed}; with most cameras a pull renews it too. When a call fails, the subscription has ended
 * and another must be created. Thread-safe, but only one pull may run at a time.
 */
public final class EventSubscription {
  private static final String EVENTS = "http://www.onvif.org/ver10/events/wsdl";
  private static final String NOTIFICATION = "http://docs.oasis-open.org/wsn/b-2";
  private static final String ACTION = "http://docs.oasis-open.org/wsn/bw-2";
  private static final String ADDRESSING = "http://www.w3.org/2005/08/addressing";
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int MAX_PARAMETERS = 4_096;

  private final SoapSession session;
  private final URI address;
  private final String parameters;

  private EventSubscription(SoapSession session, URI address, String parameters) {
    this.session = session;
    this.address = address;
    this.parameters = parameters;
  }

  /**
   * Creates a pull point in a camera.
   *
   * @param patience the time limit for the request
   */
  static CompletableFuture<EventSubscription> create(OnvifCamera camera, Duration patience) {
    SoapSession session = camera.session();
    String action = EVENTS + "/EventPortType/CreatePullPointSubscriptionRequest";
    return camera
        .at(OnvifService.EVENTS)
        .thenCompose(
            events ->
                session
                    .call(
                        events,
                        action,
                        addressing(action, events, ""),
                        OnvifService.EVENTS.element(
                            "CreatePullPointSubscription",
                            "<InitialTerminationTime>PT60S</InitialTerminationTime>"),
                        patience)
                    .thenCompose(answer -> of(session, answer)))
        .toCompletableFuture();
  }

  private static CompletableFuture<EventSubscription> of(SoapSession session, XmlElement answer) {
    String parameters =
        answer
            .at("SubscriptionReference", "ReferenceParameters")
            .map(all -> all.children().stream().map(XmlElement::markup).toList())
            .map(all -> String.join("", all))
            .orElse("");
    return answer
        .textAt("SubscriptionReference", "Address")
        .flatMap(session.reached()::service)
        .filter(address -> parameters.length() <= MAX_PARAMETERS)
        .map(address -> new EventSubscription(session, address, parameters))
        .map(CompletableFuture::completedFuture)
        .orElseGet(
            () ->
                CompletableFuture.failedFuture(
                    session.failure(Kind.MALFORMED, "names no address for its events")));
  }

  /**
   * Waits for events.
   *
   * @param wait the longest time to wait
   * @return the events; often none when the time has passed
   */
  public CompletableFuture<List<OnvifEvent>> pull(Duration wait) {
    return call(
            EVENTS + "/PullPointSubscription/PullMessagesRequest",
            "<PullMessages xmlns=\""
                + EVENTS
                + "\"><Timeout>PT"
                + Math.max(1, wait.toSeconds())
                + "S</Timeout><MessageLimit>64</MessageLimit></PullMessages>",
            wait.plus(GRACE))
        .thenApply(EventReader::read);
  }

  /** Extends the subscription to one minute from now. */
  public CompletableFuture<Void> renew() {
    return call(
            ACTION + "/SubscriptionManager/RenewRequest",
            "<Renew xmlns=\""
                + NOTIFICATION
                + "\"><TerminationTime>PT60S</TerminationTime></Renew>",
            GRACE)
        .thenAccept(done -> {});
  }

  /** Ends the subscription, because cameras support only a few at a time. */
  public CompletableFuture<Void> unsubscribe() {
    return call(
            ACTION + "/SubscriptionManager/UnsubscribeRequest",
            "<Unsubscribe xmlns=\"" + NOTIFICATION + "\"/>",
            GRACE)
        .thenAccept(done -> {});
  }

  private CompletableFuture<XmlElement> call(String action, String body, Duration patience) {
    return session.call(address, action, addressing(action, address, parameters), body, patience);
  }

  private static String addressing(String action, URI to, String parameters) {
    return "<Action xmlns=\""
        + ADDRESSING
        + "\">"
        + action
        + "</Action><MessageID xmlns=\""
        + ADDRESSING
        + "\">urn:uuid:"
        + UUID.randomUUID()
        + "</MessageID><To xmlns=\""
        + ADDRESSING
        + "\">"
        + Soap.escaped(to.toString())
        + "</To>"
        + parameters;
  }
}
