package io.kydai.streaming.live.websocket;

import static java.util.Objects.requireNonNull;

import io.kydai.streaming.live.event.Fragment;
import io.kydai.streaming.live.event.LiveEvent;
import io.kydai.streaming.live.event.LiveObservation;
import io.kydai.streaming.live.event.LiveSubscriber;

/**
 * Gives live events the form of {@code docs/live.md}: an initialisation becomes the text {@code
 * init} and a binary message, a fragment a binary message, and every other event a text.
 */
public final class WebSocketSubscriber implements LiveSubscriber {
  private final MessageSink socket;

  public WebSocketSubscriber(MessageSink socket) {
    this.socket = requireNonNull(socket);
  }

  @Override
  public boolean ready() {
    return socket.ready();
  }

  @Override
  public void onEvent(LiveEvent event) {
    if (event instanceof Fragment fragment) {
      socket.sendFragment(fragment);
    } else if (event instanceof LiveObservation observation) {
      socket.sendText(LiveMessages.observation(observation));
    } else if (event instanceof LiveEvent.Initialisation initialisation) {
      socket.sendText(LiveMessages.init(initialisation.parameters()));
      socket.sendBinary(initialisation.segment());
    } else if (event instanceof LiveEvent.Gap gap) {
      socket.sendText(LiveMessages.gap(gap.mediaTime()));
    } else if (event instanceof LiveEvent.Alignment alignment) {
      socket.sendText(LiveMessages.alignment(alignment));
    } else if (event instanceof LiveEvent.End) {
      socket.sendText(LiveMessages.end());
    }
  }
}
