package io.kydai.streaming.live;

import io.kydai.streaming.live.websocket.MessageSink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A WebSocket that keeps all it is sent; it is ready as long as the test says so. */
final class CollectingSink implements MessageSink {
  final List<String> texts = new ArrayList<>();
  final List<ByteBuffer> segments = new ArrayList<>();
  int readyFor = Integer.MAX_VALUE;

  @Override
  public boolean ready() {
    return readyFor > 0;
  }

  @Override
  public void sendText(String json) {
    texts.add(json);
  }

  @Override
  public void sendBinary(ByteBuffer segment) {
    segments.add(segment);
    readyFor--;
  }

  /** Every segment, as one file. */
  byte[] media() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuffer segment : segments) {
      byte[] bytes = new byte[segment.remaining()];
      segment.duplicate().get(bytes);
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }

  /** The types of the texts that came. */
  List<String> types() {
    return texts.stream().map(text -> text.replaceAll(".*\"type\":\"([a-z]+)\".*", "$1")).toList();
  }
}
