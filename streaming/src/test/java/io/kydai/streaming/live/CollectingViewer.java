package io.kydai.streaming.live;

import io.kydai.streaming.LiveViewer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Keeps all it gets; ready as long as the test says so. */
final class CollectingViewer implements LiveViewer {
  final List<String> texts = new ArrayList<>();
  final List<ByteBuffer> segments = new ArrayList<>();
  int readyFor = Integer.MAX_VALUE;

  @Override
  public boolean ready() {
    return readyFor > 0;
  }

  @Override
  public void onText(String json) {
    texts.add(json);
  }

  @Override
  public void onMedia(ByteBuffer segment) {
    segments.add(segment);
    readyFor--;
  }

  /** Everything as one file. */
  byte[] media() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuffer segment : segments) {
      byte[] bytes = new byte[segment.remaining()];
      segment.duplicate().get(bytes);
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }

  /** The kinds of texts that came, observations apart from each other. */
  List<String> types() {
    return texts.stream().map(text -> text.replaceAll(".*\"type\":\"([a-z]+)\".*", "$1")).toList();
  }
}
