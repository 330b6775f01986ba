package io.kydai.streaming.live.whep;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.streaming.live.event.Fragment;
import io.kydai.streaming.live.whep.dtls.DtlsSession;
import io.kydai.streaming.live.whep.dtls.Fingerprint;
import io.kydai.streaming.live.whep.ice.BindingRequest;
import io.kydai.streaming.live.whep.ice.IceCredentials;
import io.kydai.streaming.live.whep.ice.PathCheck;
import io.kydai.streaming.live.whep.sdp.Answer.Sources;
import io.kydai.streaming.live.whep.sdp.Chosen;
import io.kydai.streaming.live.whep.srtp.MasterKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One viewer. Everything is on the event loop of the port.
 *
 * <p>Bound: {@value #MOST_ADDRESSES} ways that it was checked by, of which a restart of ICE gives
 * back all but the one in use; checks by others are dropped. Pictures go to another address only
 * when the browser has answered a {@link PathCheck} there. It ends by itself when it is not
 * connected {@value #CONNECT_SECONDS} s after its answer, or when no check has come for {@value
 * #CONSENT_SECONDS} s (RFC 7675, section 5.1): a browser that has gone is sent nothing more.
 */
final class WhepSession implements PictureFeed.Taker, MediaSender.Listener {
  static final int MOST_ADDRESSES = 8;
  static final int CONNECT_SECONDS = 15;
  static final int CONSENT_SECONDS = 30;

  /** Between two times that the newest group of pictures is sent again because of a loss. */
  static final long AGAIN_SECONDS = 1;

  /**
   * What a session is made of.
   *
   * @param onEnd is called once, on the event loop; must not wait
   */
  record Terms(
      String id,
      IceCredentials remote,
      Fingerprint fingerprint,
      Chosen chosen,
      Sources sources,
      StreamSource source,
      Runnable onEnd) {
    Terms {
      requireNonNull(id);
      requireNonNull(remote);
      requireNonNull(fingerprint);
      requireNonNull(chosen);
      requireNonNull(sources);
      requireNonNull(source);
      requireNonNull(onEnd);
    }
  }

  private final Terms terms;
  private final SessionHost host;
  private final DtlsSession dtls;
  private final Set<BrowserPath> paths = new LinkedHashSet<>();
  private final long begun;
  private IceCredentials local;
  private IceCredentials remote;
  private @Nullable IceCredentials localBefore;
  private @Nullable BrowserPath peer;

  /** To where it may move, once the check there is answered. */
  private @Nullable BrowserPath next;

  private @Nullable PathCheck nextCheck;
  private long checked;
  private @Nullable MediaSender sender;
  private @Nullable PictureFeed feed;
  private Subscription subscription = () -> {};
  private long watchedSince;
  private boolean sending;
  private boolean ended;

  WhepSession(Terms terms, IceCredentials local, SessionHost host) {
    this.terms = requireNonNull(terms);
    this.local = requireNonNull(local);
    this.host = requireNonNull(host);
    remote = terms.remote();
    begun = host.nanos();
    checked = begun;
    dtls = host.dtls(terms.fingerprint(), this::sendSoon, new Handshake());
  }

  String id() {
    return terms.id();
  }

  IceCredentials local() {
    return local;
  }

  Set<BrowserPath> paths() {
    return paths;
  }

  boolean isConnected() {
    return sender != null;
  }

  /** Hears of the handshake on its own threads. */
  private final class Handshake implements DtlsSession.Listener {
    @Override
    public void onKeys(MasterKeys keys) {
      host.loop().execute(() -> connected(keys));
    }

    @Override
    public void onEnd(String reason) {
      host.loop().execute(() -> end(reason));
    }
  }

  /** Takes other names after a restart of ICE; those before hold until the new ones are used. */
  void restart(IceCredentials ours, IceCredentials theirs) {
    localBefore = local;
    local = ours;
    remote = theirs;
    next = null;
    nextCheck = null;
    for (BrowserPath path : List.copyOf(paths)) {
      if (!path.equals(peer)) {
        paths.remove(path);
        host.forget(this, path);
      }
    }
  }

  /**
   * Answers a check that names this session.
   *
   * @return whether it is authentic, and was answered
   */
  boolean check(BindingRequest request, BrowserPath from) {
    boolean current = request.toName().equals(local.name());
    IceCredentials named = current ? local : localBefore;
    if (ended
        || named == null
        || current && !request.fromName().equals(remote.name())
        || !request.isAuthentic(named.password())
        || !paths.contains(from) && paths.size() >= MOST_ADDRESSES) {
      return false;
    }
    paths.add(from);
    if (peer == null && sender == null) {
      // What is sent there before the handshake is over is no more than what came.
      peer = from;
    } else if (request.nominates() && !from.equals(peer)) {
      askWhetherThere(from);
    }
    // Only who gets the pictures can consent to get them (RFC 7675).
    if (from.equals(peer)) {
      checked = host.nanos();
    }
    if (current && request.nominates()) {
      localBefore = null;
    }
    host.send(request.success(from.address(), named.password()), from);
    host.flush();
    return true;
  }

  /** The address in a check is not covered by its integrity: it may be somebody else's. */
  private void askWhetherThere(BrowserPath path) {
    PathCheck check = new PathCheck(local, remote, host.random());
    next = path;
    nextCheck = check;
    host.send(check.request(), path);
  }

  /**
   * Takes an answer to a check.
   *
   * @return whether it is the one that is waited for
   */
  boolean answered(byte[] datagram, BrowserPath from) {
    if (ended || nextCheck == null || !from.equals(next) || !nextCheck.isAnsweredBy(datagram)) {
      return false;
    }
    peer = from;
    checked = host.nanos();
    next = null;
    nextCheck = null;
    return true;
  }

  /**
   * Nothing can be sent by a path any more: what comes next has no way until the browser checks.
   */
  void lost(BrowserPath path) {
    paths.remove(path);
    if (path.equals(next)) {
      next = null;
      nextCheck = null;
    }
    if (path.equals(peer)) {
      peer = null;
    }
  }

  /** Takes a datagram from an address that this session was checked from. */
  void receive(byte[] datagram) {
    int first = datagram[0] & 0xff;
    MediaSender current = sender;
    if (first >= 20 && first <= 63) {
      dtls.receive(datagram);
    } else if (first >= 128 && first <= 191 && current != null) {
      current.onControl(datagram);
      host.flush();
    } else {
      host.meters().dropped();
    }
  }

  private void sendSoon(byte[] datagram) {
    host.loop()
        .execute(
            () -> {
              send(datagram);
              host.flush();
            });
  }

  private void send(byte[] datagram) {
    BrowserPath to = peer;
    if (to != null) {
      host.send(datagram, to);
    }
  }

  private void connected(MasterKeys keys) {
    if (ended) {
      return;
    }
    sender =
        new MediaSender(
            terms.chosen(),
            terms.sources(),
            keys,
            this::send,
            host::nanos,
            host.random(),
            host.meters(),
            this);
    watch();
  }

  /** Begins with the newest group of pictures, so that there is a picture at once. */
  private void watch() {
    watchedSince = host.nanos();
    PictureFeed before = feed;
    PictureFeed next = new PictureFeed(host.loop(), this);
    feed = next;
    Optional<Subscription> watched = terms.source().watch(next);
    if (watched.isPresent()) {
      subscription.close();
      subscription = watched.get();
    } else if (before == null) {
      end("the camera is gone or has too many viewers");
    } else {
      // Its own place was the last one: the picture comes with the next key frame.
      feed = before;
    }
  }

  @Override
  public void onPicture(PictureFeed from, Fragment picture) {
    MediaSender current = sender;
    if (from == feed && current != null && !ended) {
      current.picture(from, picture);
      sendWaiting();
    }
  }

  private void sendWaiting() {
    MediaSender current = sender;
    if (sending || ended || current == null) {
      return;
    }
    if (current.send()) {
      sending = true;
      host.after(
          Duration.ofMillis(Pacer.TURN_MILLIS),
          () -> {
            sending = false;
            sendWaiting();
          });
    }
    host.flush();
  }

  @Override
  public void onGap(PictureFeed from) {
    MediaSender current = sender;
    if (from == feed && current != null) {
      current.breakOff();
    }
  }

  @Override
  public void onEnd(PictureFeed from, String reason) {
    if (from == feed) {
      end(reason);
    }
  }

  /** The camera cannot be asked: its newest key frame, and all that came behind, is sent again. */
  @Override
  public void onKeyFrameWanted() {
    MediaSender current = sender;
    if (current != null
        && host.nanos() - watchedSince >= Duration.ofSeconds(AGAIN_SECONDS).toNanos()) {
      current.clear();
      watch();
    }
  }

  /** Ends what is over, and reports; once a second. */
  void tick(Instant now) {
    MediaSender current = sender;
    if (current == null && isOlder(begun, CONNECT_SECONDS)) {
      end("not connected within " + CONNECT_SECONDS + " s");
    } else if (isOlder(checked, CONSENT_SECONDS)) {
      end("no consent for " + CONSENT_SECONDS + " s");
    } else if (current != null) {
      current.report(now);
    }
  }

  private boolean isOlder(long since, int seconds) {
    return host.nanos() - since >= Duration.ofSeconds(seconds).toNanos();
  }

  /**
   * Ends it; nothing happens the second time.
   *
   * @param reason in words
   */
  void end(String reason) {
    if (ended) {
      return;
    }
    ended = true;
    subscription.close();
    MediaSender current = sender;
    if (current != null) {
      current.clear();
      current.goodbye();
    }
    dtls.close();
    host.flush();
    host.ended(this, reason);
    terms.onEnd().run();
  }
}
