package io.kydai.streaming.live.rtsp;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.media.Codec;
import io.kydai.streaming.live.event.Fragment;
import io.kydai.streaming.live.event.LiveEvent;
import io.kydai.streaming.live.event.LiveSubscriber;
import io.kydai.streaming.live.rtsp.payload.PayloadFormat;
import io.kydai.streaming.live.rtsp.payload.UnpayloadableException;
import io.kydai.streaming.live.rtsp.transport.MediaTransport;
import io.kydai.streaming.live.rtsp.transport.RtpStream;
import java.util.function.Consumer;

/**
 * Sends a live stream as RTP, from one PLAY to the end or the next PAUSE. Nothing is sent before
 * {@link #begin}, so that no packet comes before the answer to PLAY, nor after {@link #stop}.
 */
final class Playing implements LiveSubscriber {
  private final Codec codec;
  private final PayloadFormat format;
  private final RtpStream stream;
  private final MediaTransport transport;
  private final Consumer<String> onEnd;
  private volatile boolean open;

  /**
   * @param codec as it was described, which a session cannot change
   * @param onEnd is told, on any thread, why nothing more comes
   */
  Playing(Codec codec, RtpStream stream, MediaTransport transport, Consumer<String> onEnd) {
    this.codec = requireNonNull(codec);
    this.format = PayloadFormat.of(codec);
    this.stream = requireNonNull(stream);
    this.transport = requireNonNull(transport);
    this.onEnd = requireNonNull(onEnd);
  }

  void begin() {
    open = true;
  }

  void stop() {
    open = false;
  }

  @Override
  public boolean ready() {
    return open && transport.ready();
  }

  @Override
  public void onEvent(LiveEvent event) {
    if (event instanceof Fragment fragment) {
      send(fragment);
    } else if (event instanceof LiveEvent.Gap) {
      stream.interrupted();
    } else if (event instanceof LiveEvent.Initialisation initialisation) {
      if (initialisation.parameters().codec() != codec) {
        end("the camera has another codec now");
      }
    } else if (event instanceof LiveEvent.End) {
      end("the camera was removed");
    }
  }

  private void send(Fragment fragment) {
    if (!open) {
      return;
    }
    try (MediaTransport.Batch batch = transport.begin()) {
      stream.add(fragment.unit(), format, batch);
      batch.send();
    } catch (UnpayloadableException e) {
      end(requireNonNull(e.getMessage()));
    }
  }

  /** Says good-bye (RFC 3550, section 6.6). */
  private void end(String why) {
    if (open) {
      open = false;
      try (MediaTransport.Batch batch = transport.begin()) {
        stream.end(batch);
        batch.send();
      }
    }
    onEnd.accept(why);
  }
}
